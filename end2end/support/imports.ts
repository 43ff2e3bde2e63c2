// A file on its way through the settings, as a person brings it.
import { expect, type Page } from '@playwright/test';
import { awake } from '../fixtures';

export interface FileWishes {
  name: string;
  text: string;
  /** `customers`, `deals` or `orders`. */
  kind: string;
}

/** Three orders; the second has no sum that could be read. */
export const ORDERS = [
  'Order number,Customer,Phone,Order total,Comment',
  '1001,Olena Koval,050 111 22 33,1250.50,call back',
  '1002,Taras Melnyk,067 111 22 33,a lot,',
  '1003,Iryna Boiko,093 111 22 33,300,"door; code 5"',
  '',
].join('\r\n');

/** Up to the page on which its columns are confirmed; in English. */
export async function bringFile(page: Page, wishes: FileWishes): Promise<void> {
  await sendFile(page, wishes);
  await expect(page).toHaveURL(/\/settings\/import\/\d+$/);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(wishes.name);
}

/** Whatever the server says to it. */
export async function sendFile(page: Page, wishes: FileWishes): Promise<void> {
  await page.goto('/settings/import');
  const form = page.locator('form').filter({ has: page.locator('#import-file') });
  await awake(form);
  await form.locator('#import-kind').selectOption(wishes.kind);
  const buffer = Buffer.from(wishes.text);
  await form.locator('#import-file').setInputFiles({ name: wishes.name, mimeType: 'text/csv', buffer });
  await form.locator('button[type=submit]').click();
}
