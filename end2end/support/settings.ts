// What an administrator does in the settings on the way to something else.
import { expect, type Page } from '@playwright/test';
import { awake } from '../fixtures';

export interface FunnelWishes {
  name: string;
  /** As its option says: a storefront's name, or "Every storefront". */
  storefront: string;
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
