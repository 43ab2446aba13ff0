// Working with the keyboard alone, as a person without a mouse does.

import assert from 'node:assert/strict';

// Presses Tab until `target` has the focus, and sees to it that the focus can be seen.
export async function tabTo(page, target, most = 120) {
  for (let presses = 0; presses < most; presses++) {
    await page.keyboard.press('Tab');
    if (await target.evaluate(element => element === document.activeElement)) {
      assert.ok(await isFocusVisible(target), `${target} has the focus, and nothing shows it`);
      return;
    }
  }
  assert.fail(`${most} presses of Tab do not reach ${target}`);
}

function isFocusVisible(target) {
  return target.evaluate(element => {
    const seen = getComputedStyle(element);
    return element.matches(':focus-visible') && (seen.outlineStyle !== 'none' || seen.boxShadow !== 'none');
  });
}
