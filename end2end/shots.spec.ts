// Pictures of every view for people to look at, in end2end/shots: width-theme-language-view.png.
import type { Page } from '@playwright/test';
import { Board, expect, test } from './fixtures';
import { pairScreen } from './support/settings';

const SIZES = [{ width: 1440, height: 900 }, { width: 390, height: 844 }, { width: 1920, height: 1080 }];
const LOCALES = { uk: 'uk-UA', en: 'en-US' } as const;
const SETTINGS = ['', 'funnels', 'statuses', 'lost-reasons', 'team', 'storefronts', 'carriers', 'screens', 'import', 'intake', 'export', 'webhooks', 'tokens'];

const NEW_DEAL = /Нова угода|New deal/;

test.use({ furnished: 'demo' });

for (const [lang, locale] of Object.entries(LOCALES)) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`every view in ${lang}, ${colorScheme}`, async ({ shop, person, visitor }) => {
      test.setTimeout(120_000);
      const look = { locale, colorScheme };
      const inside = await person(look);
      const door = await visitor(look);
      for (const size of SIZES) {
        const shot = (page: Page, view: string) =>
          page.screenshot({ path: `shots/${size.width}-${colorScheme}-${lang}-${view}.png`, animations: 'disabled' });
        await door.setViewportSize(size);
        await door.goto('/sign-in');
        await shot(door, 'sign-in');
        await inside.setViewportSize(size);
        await new Board(inside).open(`/f/${await shop.demoFunnel()}`);
        await shot(inside, 'board');
        await inside.locator('.filter > button').click();
        await expect(inside.locator('form.filter-panel')).toBeVisible();
        await shot(inside, 'filter');
        await inside.locator('form.filter-panel button[type=submit]').click();
        await inside.locator('[data-card-id]').first().locator('.menu button').click();
        await shot(inside, 'menu');
        await inside.locator('.menu-scrim').click({ position: { x: 4, y: 4 } });
        await inside.locator('[data-card-id]').first().locator('.goods').click();
        await expect(inside.locator('.history li').first()).toBeVisible();
        await shot(inside, 'deal');
        await inside.locator('#customer-link').scrollIntoViewIfNeeded();
        await shot(inside, 'deal-link');
        await door.goto(await inside.locator('#customer-link').inputValue());
        await shot(door, 'order');
        await inside.keyboard.press('Escape');
        await inside.getByRole('button', { name: NEW_DEAL }).first().click();
        await expect(inside.locator('dialog[open]')).toBeVisible();
        await shot(inside, 'new-deal');
        if (size.width === 1920) {
          await door.goto('/tv');
          await shot(door, 'tv-code');
          const code = (await door.locator('[data-code]').getAttribute('data-code'))!;
          await pairScreen(inside, { code, name: 'TV', funnel: await shop.demoFunnel(), lang });
          await expect(door.locator('main.wall [data-stage]').first()).toBeVisible();
          await shot(door, 'tv');
        }
        await inside.goto('/orders');
        await expect(inside.locator('.orders-list tbody tr').first()).toBeVisible();
        await shot(inside, 'orders');
        await inside.goto((await inside.locator('.orders-list tbody a').first().getAttribute('href'))!);
        await expect(inside.locator('.way li').first()).toBeVisible();
        await shot(inside, 'order-page');
        for (const path of SETTINGS) {
          await inside.goto(`/settings${path && `/${path}`}`);
          await expect(inside.getByRole('heading', { level: 1 })).toBeVisible();
          await shot(inside, `settings-${path || 'profile'}`);
        }
      }
    });
  }
}
