import type { Page } from '@playwright/test';
import { awake, Board, expect, OWNER, test } from './fixtures';
import { live } from './support/shop';

const PASSWORD = 'a long phrase of words';

/** Accepts an invitation, as the invited does. */
async function accept(page: Page, invitation: string): Promise<void> {
  await page.goto(invitation);
  await page.locator('#password').fill(PASSWORD);
  await page.locator('button[type=submit]').click();
  await expect(page).toHaveURL(/\/f\/\d+/);
}

test('an invitation sets the password, works once, and the password lets in again', async ({ shop, visitor }) => {
  const invitation = await shop.person('iryna@shop.ua', 'Iryna New', 'manager', [shop.storefront.name]);
  const page = await visitor();
  await page.goto(invitation);
  await expect(page.getByRole('heading', { name: 'Invitation to the team' })).toBeVisible();
  await expect(page.getByText('Welcome, Iryna New!')).toBeVisible();
  await expect(page.locator('#email')).toHaveValue('iryna@shop.ua');
  await accept(page, invitation);
  await live(page);

  const again = await visitor();
  await again.goto(invitation);
  await expect(again.getByText('This link was used or has expired. Ask for a new one.')).toBeVisible();
  await again.goto('/sign-in');
  await again.locator('#email').fill('IRYNA@shop.ua');
  await again.locator('#password').fill(PASSWORD);
  await again.getByRole('button', { name: 'Sign in' }).click();
  await expect(again).toHaveURL(/\/f\/\d+/);
  await live(again);
});

for (const javaScriptEnabled of [true, false]) {
  test(`signing in ${javaScriptEnabled ? 'with' : 'without'} JavaScript: wrong words, then in, back to where one wanted`, async ({ shop, visitor, complaints }) => {
    complaints.expectRefusal();
    const invitation = await shop.person('petro@shop.ua', 'Petro', 'manager', [shop.storefront.name]);
    await accept(await visitor(), invitation);
    const page = await visitor({ javaScriptEnabled });
    await page.goto(`${shop.board}?q=x`);
    await expect(page).toHaveURL(/\/sign-in\?next=/);
    await expect(page).toHaveTitle('Sign in to Voronka · Voronka');
    if (javaScriptEnabled) await awake(page.locator('form'));
    await page.locator('#email').fill('petro@shop.ua');
    await page.locator('#password').fill('not that one, surely');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page.getByText('That email and password do not match.')).toBeVisible();
    await page.locator('#email').fill('petro@shop.ua');
    await page.locator('#password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page).toHaveURL(new RegExp(`${shop.board}\\?q=x$`));
    await expect(page.locator('section.column').first()).toBeVisible();
  });
}

test('an unknown address and a wrong password read the same', async ({ visitor, complaints }) => {
  complaints.expectRefusal();
  const page = await visitor();
  await page.goto('/sign-in');
  await page.locator('#email').fill('nobody@nowhere.ua');
  await page.locator('#password').fill('anything at all');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByText('That email and password do not match.')).toBeVisible();
});

test('the entrance link lets in once, and only by its button', async ({ shop, visitor }) => {
  const link = await shop.entrance(OWNER);
  const peeking = await visitor();
  await peeking.goto(link);
  await expect(peeking.getByRole('button', { name: 'Sign in as Olena Owner' })).toBeVisible();
  const page = await visitor();
  await page.goto(link);
  await page.getByRole('button', { name: 'Sign in as Olena Owner' }).click();
  await expect(page).toHaveURL(/\/f\/\d+/);
  const late = await visitor();
  await late.goto(link);
  await expect(late.getByText('This link was used or has expired. Ask for a new one.')).toBeVisible();
});

test('signed out, every page leads to the door, and the door to nowhere else', async ({ shop, visitor }) => {
  const page = await visitor();
  for (const path of ['/', shop.board, '/settings', '/settings/funnels']) {
    await page.goto(path);
    await expect(page).toHaveURL(/\/sign-in/);
  }
  await page.goto('/sign-in?next=//evil.example/');
  await expect(page.locator('input[name=next]')).toHaveValue('/');
});

test('a page that does not exist says so, in the frame of the product', async ({ person, complaints }) => {
  complaints.expectRefusal();
  const page = await person();
  const answer = await page.goto('/no/such/page');
  expect(answer!.status()).toBe(404);
  await expect(page.getByRole('heading', { name: 'There is no such page' })).toBeVisible();
  await page.getByRole('link', { name: 'To the board' }).click();
  await expect(page).toHaveURL(/\/f\/\d+/);
});

test('a board of somebody else’s is not there', async ({ shop, person, complaints }) => {
  complaints.expectRefusal();
  const page = await person();
  await page.goto('/f/9999');
  await expect(page.getByRole('heading', { name: 'There is no such thing, or it is not yours to see.' })).toBeVisible();
  await page.getByRole('link', { name: 'Try again' }).click();
  await expect(page).toHaveURL(new RegExp(`${shop.board}$`));
});

test.describe('the first run', () => {
  test.use({ furnished: 'none' });

  test('creates the owner and a board, once @both', async ({ shop, visitor, complaints }) => {
    complaints.expectRefusal();
    const page = await visitor();
    await page.goto('/');
    await expect(page).toHaveURL(/\/setup$/);
    const slow = await visitor();
    await slow.goto('/setup');

    const fill = async (one: Page, email: string) => {
      await one.locator('#name').fill('Maria Owner');
      await one.locator('#email').fill(email);
      await one.locator('#password').fill(PASSWORD);
      await one.locator('#business').fill('Coffee & Co');
      await one.getByRole('button', { name: 'Create' }).click();
    };
    await fill(page, 'maria@shop.ua');
    await expect(page).toHaveURL(/\/f\/\d+/);
    const seen = new Board(page);
    await live(page);
    await expect(seen.column('New order')).toBeVisible();
    await expect(page.locator('#funnel')).toContainText('Order processing');

    await fill(slow, 'second@shop.ua');
    await expect(slow.getByText('The owner exists already.')).toBeVisible();
    await slow.goto('/setup');
    await expect(slow).toHaveURL(/\/sign-in/);
    const tokens = await shop.makeToken();
    expect(tokens).toBeTruthy();
    expect((await shop.api<{ funnels: unknown[] }>('/funnels')).funnels).toHaveLength(1);
  });

  test('a short password is refused before anything is made', async ({ visitor }) => {
    const page = await visitor({ javaScriptEnabled: false });
    await page.goto('/setup');
    await page.locator('#name').fill('M');
    await page.locator('#email').fill('m@shop.ua');
    await page.locator('#password').fill('short');
    await page.locator('#business').fill('Shop');
    await page.locator('form').evaluate((form: HTMLFormElement) => { form.noValidate = true; }).catch(() => undefined);
    await page.getByRole('button', { name: 'Create' }).click();
    await expect(page).toHaveURL(/\/setup/);
    await expect(page.getByText('The password is too short: at least 10 characters are needed.')).toBeVisible();
  });
});
