// What an administrator does in the settings on the way to something else.
import { expect, type Locator, type Page } from '@playwright/test';
import { awake } from '../fixtures';

export interface FunnelWishes {
  name: string;
  /** As its option says: a storefront's name, or "Every storefront". */
  storefront: string;
}

export interface ScreenWishes {
  /** As the TV shows it. */
  code: string;
  name: string;
  funnel: number;
  lang?: string;
}

/** Pairs a TV; in whatever language the page is. */
export async function pairScreen(page: Page, wishes: ScreenWishes): Promise<void> {
  await page.goto('/settings/screens');
  const form = page.locator('form').filter({ has: page.locator('#screen-code') });
  await awake(form);
  await form.locator('#screen-code').fill(wishes.code);
  await form.locator('#screen-name').fill(wishes.name);
  await form.locator('#screen-funnel').selectOption(String(wishes.funnel));
  await form.locator('#screen-lang').selectOption(wishes.lang ?? 'en');
  await form.locator('button[type=submit]').click();
  await expect(page.locator('.screen-what').filter({ hasText: wishes.name })).toBeVisible();
}

/** Makes a funnel for orders; answers with the path of its board. */
export async function makeFunnel(page: Page, wishes: FunnelWishes): Promise<string> {
  await page.goto('/settings/funnels');
  const form = page.locator('form').filter({ has: page.locator('#funnel-preset') });
  await awake(form);
  await form.locator('#funnel-storefront').selectOption({ label: wishes.storefront });
  await form.locator('#funnel-name').fill(wishes.name);
  await form.getByRole('button', { name: 'Create the funnel' }).click();
  await expect(page).toHaveURL(/\/settings\/funnels\/\d+$/);
  return `/f/${page.url().split('/').pop()}`;
}

/** What could not be understood, on the page of what came in. */
export function waiting(page: Page): Locator {
  return page.locator('section[aria-labelledby="intake-waits"]').getByRole('listitem');
}

/** The lines of the record, on the same page. */
export function record(page: Page): Locator {
  return page.locator('section[aria-labelledby="intake-record"]').getByRole('listitem');
}
