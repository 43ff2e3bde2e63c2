import { readFileSync } from 'node:fs';
import { awake, expect, test } from './fixtures';
import { audit } from './support/audit';
import { bringFile, ORDERS, sendFile } from './support/imports';

test('orders from a file: confirmed, checked, imported onto an open board, mended, taken back @both', async ({ shop, person, board }) => {
  const seen = await board();
  const page = await person();
  await page.goto('/settings/import');
  await expect(page.getByText('Nothing has been imported yet')).toBeVisible();
  await bringFile(page, { name: 'orders.csv', text: ORDERS, kind: 'orders' });

  // What the columns mean was guessed; a field that two columns have is pointed at, and nothing starts.
  const total = page.getByLabel('Order total', { exact: true });
  const comment = page.getByLabel('Comment', { exact: true });
  await expect(total).toHaveValue('sum');
  await expect(page.getByLabel('Customer', { exact: true })).toHaveValue('name');
  await expect(page.getByText('Olena Koval · Taras Melnyk · Iryna Boiko')).toBeVisible();
  const start = page.getByRole('button', { name: 'Import 3 rows' });
  await awake(start);
  await comment.selectOption('sum');
  await expect(comment).toHaveAttribute('aria-invalid', 'true');
  await expect(start).toBeDisabled();
  await comment.selectOption('comment');
  await expect(start).toBeEnabled();

  await page.getByRole('button', { name: 'Check without importing' }).click();
  const state = page.locator('#import-state');
  await expect(state).toHaveText('Orders: Checked, not imported yet', { timeout: 20_000 });
  const refused = page.getByRole('region', { name: 'Refused rows' }).getByRole('row').nth(1);
  await expect(refused.getByRole('cell')).toHaveText(['3', 'Order total', 'a lot', 'This is not a number']);
  expect(await shop.count('')).toBe(0);

  await page.getByRole('button', { name: 'Import 3 rows' }).click();
  await expect(state).toHaveText('Orders: Imported', { timeout: 20_000 });
  await expect(page.locator('.import-counts')).toContainText('Made2');
  await expect(seen.card('Olena Koval')).toBeVisible();
  await expect(seen.card('Iryna Boiko')).toBeVisible();

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download the refused rows (CSV)' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('orders.refused.csv');
  const text = readFileSync(await download.path(), 'utf8');
  expect(text).toContain('3,Order total,This is not a number,1002,Taras Melnyk,067 111 22 33,a lot,');
  const first = page.url();
  await bringFile(page, { name: 'orders.refused.csv', text: text.replace('a lot', '99.90'), kind: 'orders' });
  await expect(page.getByText('The columns are chosen as last time for such a file.')).toBeVisible();
  await awake(page.getByRole('button', { name: 'Import 1 row', exact: true }));
  await page.getByRole('button', { name: 'Import 1 row', exact: true }).click();
  await expect(state).toHaveText('Orders: Imported', { timeout: 20_000 });
  await expect(seen.card('Taras Melnyk')).toBeVisible();

  await page.goto(first);
  const undo = page.getByRole('button', { name: 'Undo the import' });
  await awake(undo);
  await undo.click();
  const dialog = page.getByRole('dialog', { name: 'Undo the import of “orders.csv”?' });
  await expect(dialog).toContainText('The orders that it made will go, with their deals: 2.');
  await dialog.getByRole('button', { name: 'Undo the import' }).click();
  await expect(state).toHaveText('Orders: Undone', { timeout: 20_000 });
  await expect(seen.card('Olena Koval')).toHaveCount(0);
  await expect(seen.card('Taras Melnyk')).toBeVisible();

  await page.getByRole('link', { name: 'All imports' }).click();
  const earlier = page.locator('.import-what');
  await expect(earlier).toHaveCount(2);
  await expect(earlier.nth(0)).toContainText('Orders · Coffee shop · Imported');
  await expect(earlier.nth(1)).toContainText('Orders · Coffee shop · Undone');
});

test('a file that nobody starts is deleted, and says first what will go', async ({ shop, person }) => {
  const page = await person();
  await bringFile(page, { name: 'orders.csv', text: ORDERS, kind: 'orders' });
  const remove = page.getByRole('button', { name: 'Delete', exact: true });
  await awake(remove);
  await remove.click();
  const dialog = page.getByRole('dialog', { name: 'Delete the file “orders.csv”?' });
  await expect(dialog).toContainText('Nothing has been made of them');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.locator('#import-state')).toHaveText('Orders: The file is in');
  await remove.click();
  await dialog.getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(page).toHaveURL(/\/settings\/import$/);
  await expect(page.getByText('Nothing has been imported yet')).toBeVisible();
  expect(await shop.count('')).toBe(0);
});

test('a file that is no table is refused in words, and the page goes on', async ({ person, complaints }) => {
  complaints.expectRefusal();
  const page = await person();
  await sendFile(page, { name: 'page.csv', text: '<html><body>Error 500</body></html>', kind: 'deals' });
  await expect(page.getByRole('alert').filter({ hasText: 'This does not look like a table.' })).toBeVisible();
  await expect(page).toHaveURL(/\/settings\/import$/);
  await sendFile(page, { name: 'deals.csv', text: 'Name;Phone\nOlena;050 111 22 33\n', kind: 'deals' });
  await expect(page).toHaveURL(/\/settings\/import\/\d+$/);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the pages of an import are clean on a phone, in ${colorScheme}`, async ({ person }) => {
    const page = await person({ colorScheme, viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
    const fits = () => page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth);
    await page.goto('/settings/import');
    await audit(page, 'imports');
    await bringFile(page, { name: `${'a-long-name-'.repeat(8)}.csv`, text: ORDERS, kind: 'orders' });
    await audit(page, 'the columns of a file');
    expect(await fits()).toBe(true);
    const check = page.getByRole('button', { name: 'Check without importing' });
    await awake(check);
    await check.focus();
    await page.keyboard.press('Enter');
    await expect(page.locator('#import-state')).toContainText('Checked', { timeout: 20_000 });
    await expect(page.getByRole('region', { name: 'Refused rows' })).toBeVisible();
    await audit(page, 'what came of a check');
    expect(await fits()).toBe(true);
  });
}
