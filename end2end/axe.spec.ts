import type { Page } from '@playwright/test';
import { Board, expect, test } from './fixtures';
import { audit } from './support/audit';

const SETTINGS = ['', '/funnels', '/statuses', '/lost-reasons', '/team', '/storefronts', '/carriers', '/screens', '/import', '/intake', '/export', '/webhooks', '/tokens'];

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in ${colorScheme}`, () => {
    test('the doors', async ({ shop, visitor }) => {
      const page = await visitor({ colorScheme });
      await page.goto('/sign-in');
      await audit(page, 'sign-in');
      await page.goto(await shop.person('new@shop.ua', 'New Person', 'manager', [shop.storefront.name]));
      await audit(page, 'invitation');
      await page.goto('/enter/nonsense');
      await audit(page, 'a spent link');
    });

    test('the board, its filter, its menus, its drawer', async ({ shop, person }) => {
      for (const [n, stage] of ['New order', 'Confirmation', 'Processing', 'Shipped', 'Paid'].entries()) {
        const { deal } = await shop.order(n + 1, { name: `Customer ${n + 1}` });
        await shop.move(deal, stage);
      }
      const page = await person({ colorScheme });
      const seen = await new Board(page).open(shop.board);
      await audit(page, 'the board');
      await page.locator('.filter > button').click();
      await expect(page.locator('form.filter-panel')).toBeVisible();
      await audit(page, 'the filter panel');
      await page.locator('form.filter-panel button[type=submit]').click();
      await seen.card('Customer 1').getByRole('button', { name: 'Move to…' }).click();
      await expect(page.getByRole('menu')).toBeVisible();
      await audit(page, 'the menu of a card');
      await page.getByRole('menuitem', { name: 'Confirmation' }).click();
      await expect(seen.toast('Customer 1')).toBeVisible();
      await seen.card('Customer 2').hover();
      await seen.card('Customer 2').getByRole('checkbox').check();
      await expect(page.locator('.bulk')).toBeVisible();
      await audit(page, 'a toast and the bar of the selected');
      await page.getByRole('button', { name: 'Clear the selection' }).click();
      await seen.card('Customer 3').click();
      await expect(page.locator('.history li').first()).toBeVisible();
      await audit(page, 'the drawer of a deal');
      await page.locator('#deal-name').fill('');
      await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
      await expect(page.getByText('Fill this in')).toBeVisible();
      await audit(page, 'the drawer with a fault');
    });

    test('the board on a phone', async ({ shop, person }) => {
      await shop.orders(3);
      const page = await person({ colorScheme, viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
      await new Board(page).open(shop.board);
      await audit(page, 'the board at 390 px');
    });

    test('the settings', async ({ person }) => {
      const page = await person({ colorScheme });
      for (const path of SETTINGS) {
        await page.goto(`/settings${path}`);
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
        await audit(page, `settings${path}`);
      }
    });
  });
}

test.describe('the first run', () => {
  test.use({ furnished: 'none' });

  test('is clean too', async ({ visitor }) => {
    const page = await visitor();
    await page.goto('/setup');
    await audit(page, 'the first run');
  });
});
