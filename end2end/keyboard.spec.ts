import { expect, test } from './fixtures';

test('a card is lifted, carried to another stage and dropped by keys alone, and each step is said', async ({ shop, board }) => {
  for (const [n, name] of ['First', 'Second'].entries()) await shop.order(n + 1, { name });
  await shop.order(3, { name: 'Elsewhere' }).then(({ deal }) => shop.move(deal, 'Confirmation'));
  const [seen, other] = await Promise.all([board(), board()]);
  const said = seen.page.locator('#said');
  const keys = seen.page.keyboard;

  await seen.card('First').focus();
  await keys.press('Space');
  await expect(said).toHaveText('First lifted from “New order”');
  await keys.press('ArrowRight');
  await expect(said).toContainText('“Confirmation”, place');
  await expect(seen.column('Confirmation')).toHaveClass(/\bover\b/);
  await keys.press('ArrowDown');
  await expect(said).toHaveText('“Confirmation”, place 2');
  await keys.press('Space');
  await expect(said).toHaveText('First is now on “Confirmation”');
  await expect.poll(() => seen.customers('Confirmation')).toEqual(['Elsewhere', 'First']);
  await expect.poll(() => other.customers('Confirmation')).toEqual(['Elsewhere', 'First']);
  await expect(seen.card('First')).toBeFocused();
});

test('Escape puts the card back where it was', async ({ shop, board }) => {
  await shop.order(1, { name: 'Stays' });
  const seen = await board();
  await seen.card('Stays').focus();
  await seen.page.keyboard.press('Space');
  await seen.page.keyboard.press('ArrowRight');
  await seen.page.keyboard.press('Escape');
  await expect(seen.page.locator('#said')).toHaveText('Move cancelled');
  await expect(seen.column('Confirmation')).not.toHaveClass(/\bover\b/);
  await seen.reload();
  await expect(seen.cardOn('New order', 'Stays')).toBeVisible();
});

test('a place within the column is chosen by arrows', async ({ shop, board }) => {
  for (const [n, name] of ['First', 'Second', 'Third'].entries()) await shop.order(n + 1, { name });
  const seen = await board();
  const [top, middle, bottom] = await seen.customers('New order');
  await seen.card(bottom).focus();
  await seen.page.keyboard.press('Space');
  await seen.page.keyboard.press('ArrowUp');
  await seen.page.keyboard.press('ArrowUp');
  await seen.page.keyboard.press('Space');
  await expect.poll(() => seen.customers('New order')).toEqual([bottom, top, middle]);
  await expect(seen.card(bottom)).toBeFocused();
});

test('arrows walk over the board, Enter opens, Escape closes and gives the focus back', async ({ shop, board }) => {
  for (const [n, name] of ['First', 'Second'].entries()) await shop.order(n + 1, { name });
  await shop.order(3, { name: 'Far' }).then(({ deal }) => shop.move(deal, 'Shipped'));
  const seen = await board();
  const [top, bottom] = await seen.customers('New order');
  await seen.card(top).focus();
  await seen.page.keyboard.press('ArrowDown');
  await expect(seen.card(bottom)).toBeFocused();
  await seen.page.keyboard.press('ArrowRight');
  await expect(seen.card('Far')).toBeFocused();
  await seen.page.keyboard.press('ArrowLeft');
  await expect(seen.card(top)).toBeFocused();
  await seen.page.keyboard.press('Enter');
  await expect(seen.page.getByRole('dialog', { name: 'Deal' })).toBeVisible();
  await expect(seen.page.getByLabel('Customer’s name').or(seen.page.locator('#deal-name'))).toHaveValue(top);
  await seen.page.keyboard.press('Escape');
  await expect(seen.page.locator('dialog[open]')).toHaveCount(0);
  await expect(seen.card(top)).toBeFocused();
});

test.describe('where reasons are listed', () => {
  test.use({ furnished: 'demo' });

  test('a lost stage asks for its reason by keyboard too', async ({ shop, board }) => {
    await shop.order(1, { name: 'Gone' }).then(({ deal }) => shop.move(deal, 'Paid'));
    const seen = await board();
    await seen.card('Gone').focus();
    await seen.page.keyboard.press('Space');
    await seen.page.keyboard.press('ArrowRight');
    await seen.page.keyboard.press('Space');
    const dialog = seen.page.getByRole('dialog', { name: 'Why was the deal lost?' });
    await expect(dialog).toBeVisible();
    await dialog.locator('.choices button').first().press('Enter');
    await expect(seen.cardOn('Cancelled', 'Gone')).toBeVisible();
  });
});

test('the first Tab leads past the bar', async ({ board }) => {
  const seen = await board();
  await seen.page.keyboard.press('Tab');
  const skip = seen.page.getByRole('link', { name: 'Skip to content' });
  await expect(skip).toBeFocused();
  await skip.press('Enter');
  await expect(seen.page.locator('main#content')).toBeFocused();
});
