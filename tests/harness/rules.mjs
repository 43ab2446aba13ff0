// Writing a rule as a supervisor does.

// `when`: titles of moments; `watched`: the field of "A field changes"; `conditions`: [what is asked, value]; `actions`: [what is done, who or which, words].
export async function fillRule(page, { name, when, amount, watched, conditions = [], actions }) {
  await page.goto('/rules/new');
  await page.getByLabel('Name').fill(name);
  for (const each of when) await page.getByLabel(each, { exact: true }).check();
  if (watched) await page.getByLabel('Which field').selectOption({ label: watched });
  if (amount) await page.getByLabel('How long', { exact: true }).fill(amount);
  while (conditions.length > await page.locator('[name^="if-"]').count() || actions.length > await page.locator('[name^="do-"]').count())
    await page.getByRole('button', { name: 'More lines' }).click();
  for (const [at, [field, value]] of conditions.entries()) {
    await page.getByLabel(`Condition ${at + 1}`, { exact: true }).selectOption({ label: field });
    if (value) await page.getByLabel(`Value of condition ${at + 1}`, { exact: true }).fill(value);
  }
  for (const [at, [deed, value, words]] of actions.entries()) {
    await page.getByLabel(`Action ${at + 1}`, { exact: true }).selectOption({ label: deed });
    if (value) await page.getByLabel(`Who, which or how long, for action ${at + 1}`, { exact: true }).fill(value);
    if (words) await page.getByLabel(`Words for action ${at + 1}`, { exact: true }).fill(words);
  }
}

export async function writeRule(page, rule) {
  await fillRule(page, rule);
  await page.getByRole('button', { name: 'Keep the rule' }).click();
  await page.getByRole('link', { name: rule.name, exact: true }).waitFor();
}
