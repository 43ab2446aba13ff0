// Chance that can be repeated: RAPPORT_TEST_SEED=N throws the same again. (mulberry32, public domain, by Tommy Ettinger)

export function makeDice(seed = Number(process.env.RAPPORT_TEST_SEED ?? Date.now() % 1_000_000)) {
  let state = seed >>> 0;
  const roll = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  return { seed, roll, between: (least, most) => least + roll() * (most - least) };
}
