import { readFile } from 'node:fs/promises';
import type { Download, Page } from '@playwright/test';
import { awake, expect, test } from './fixtures';
import { audit } from './support/audit';

async function text(download: Download): Promise<string> {
  return readFile(await download.path(), 'utf8');
}

/** Presses something that leads to a file. */
async function taken(page: Page, press: () => Promise<void>): Promise<Download> {
  const [download] = await Promise.all([page.waitForEvent('download'), press()]);
  return download;
}

test('the board gives out the deals that its filter shows', async ({ shop, board }) => {
  await shop.order(1, { name: 'Wanted One', total: '100.00' });
  await shop.order(2, { name: 'Other Two', total: '200.00' });
  const seen = await board();
  const { page } = seen;
  const exporting = page.getByRole('button', { name: 'Export' });
  await exporting.click();
  await audit(page, 'the menu of exports');
  const all = await text(await taken(page, () => page.getByRole('menuitem', { name: 'Download CSV' }).click()));
  expect(all).toContain('Wanted One');
  expect(all).toContain('Other Two');
  await expect(page.getByRole('menu')).toHaveCount(0);

  await page.locator('#search').fill('wanted');
  await seen.expectHead('New order', 1, '₴100');
  await exporting.click();
  const some = await taken(page, () => page.getByRole('menuitem', { name: 'Download CSV' }).click());
  expect(some.suggestedFilename()).toMatch(/^deals-\d{4}-\d\d-\d\d\.csv$/);
  const rows = (await text(some)).trimEnd().split('\r\n');
  expect(rows[0]).toMatch(/^\uFEFFNumber,Created,Funnel,Stage,/);
  expect(rows).toHaveLength(2);
  expect(rows[1]).toContain('Wanted One');

  await exporting.click();
  await expect(page.getByRole('menuitem', { name: 'Download CSV' })).toBeFocused();
  await page.keyboard.press('ArrowDown');
  const excel = await taken(page, () => page.keyboard.press('Enter'));
  expect(excel.suggestedFilename()).toMatch(/^deals-.*\.xlsx$/);
  expect((await readFile(await excel.path())).subarray(0, 2).toString()).toBe('PK');
});

test('the settings give out every list', async ({ shop, person }) => {
  await shop.order(7, { name: 'Some Body', total: '70.00' });
  const page = await person({ viewport: { width: 390, height: 844 } });
  await page.goto('/settings/export');
  await expect(page.getByRole('heading', { level: 2 })).toHaveText(['Deals', 'Customers', 'Orders', 'Products', 'History']);
  await audit(page, 'the exports at 390 px');
  for (const [list, words] of [['Deals', 'Some Body'], ['Customers', 'Some Body'], ['Orders', 'Some Body'], ['History', 'Customer']]) {
    const card = page.getByRole('region', { name: list, exact: true });
    const csv = await taken(page, () => card.getByRole('button', { name: 'Download CSV' }).click());
    expect(await text(csv), list).toContain(words);
    const excel = await taken(page, () => card.getByRole('button', { name: 'Download Excel (XLSX)' }).click());
    expect(excel.suggestedFilename()).toMatch(/\.xlsx$/);
  }
  const orders = page.getByRole('region', { name: 'Orders', exact: true });
  await orders.getByLabel('To the day').fill('2020-01-01');
  const none = await taken(page, () => orders.getByRole('button', { name: 'Download CSV' }).click());
  expect((await text(none)).trim().split('\r\n')).toHaveLength(1);
});

test.describe('without the page\'s own code', () => {
  test.use({ furnished: 'uk' });

  test('files are taken all the same, in the reader\'s language', async ({ shop, person }) => {
    await shop.order(1, { name: 'Олена Мельник', total: '12.50' });
    const page = await person({ javaScriptEnabled: false, locale: 'uk-UA' });
    await page.goto('/settings/export');
    const card = page.getByRole('region', { name: 'Замовлення', exact: true });
    const csv = await taken(page, () => card.getByRole('button', { name: 'Завантажити CSV' }).click());
    expect(csv.suggestedFilename()).toMatch(/^замовлення-\d{4}-\d\d-\d\d\.csv$/);
    expect(await text(csv)).toMatch(/^\uFEFFНомер замовлення;Дата;[\s\S]*;12,50;/);
  });
});

test('a manager is offered no export, and is refused one in words', async ({ shop, person, complaints }) => {
  complaints.expectRefusal();
  await shop.person('manager@shop.ua', 'Max Manager', 'manager', ['Coffee shop']);
  const page = await person({ email: 'manager@shop.ua' });
  await page.goto(shop.board);
  await awake(page.locator('.filter > button'));
  await expect(page.getByRole('button', { name: 'Export' })).toHaveCount(0);
  await page.goto('/settings');
  await expect(page.getByRole('navigation').getByRole('link', { name: 'Export' })).toHaveCount(0);
  await page.goto('/export/deals.csv');
  await expect(page.locator('body')).toContainText('Your role does not allow this');
});
