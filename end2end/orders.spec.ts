import { awake, Board, expect, test } from './fixtures';
import { audit } from './support/audit';
import { OrderPage, STATUS } from './support/order';
import { live } from './support/shop';

const PARCEL = '20450000000017';

test('an order that is paid for on delivery goes from its arrival to its customer by buttons @both', async ({ shop, person }) => {
  const { order } = await shop.order(17, { name: 'Olena Koval' });
  const seen = await new OrderPage(await person()).open(order);
  await expect(seen.page.getByRole('heading', { level: 1 })).toHaveText('Order no. 17');
  await expect(seen.now).toHaveText(STATUS.waiting);
  await seen.next(STATUS.processing);
  await expect(seen.now).toHaveText(STATUS.processing);
  await expect(seen.toast(STATUS.processing)).toBeVisible();
  await seen.next(STATUS.picking);
  await expect(seen.now).toHaveText(STATUS.picking);

  await seen.next(STATUS.shipped);
  await expect(seen.form).toBeVisible();
  await expect(seen.page.locator('#ask-carrier')).toBeFocused();
  await seen.save();
  await expect(seen.form.locator('.fault:visible')).toHaveText('Give the carrier and the parcel\'s number.');
  await seen.page.locator('#ask-number').fill('12345');
  await expect(seen.form.getByText('This does not look like a number')).toBeVisible();
  await seen.page.locator('#ask-number').fill('20 4500 0000 0017');
  await expect(seen.form.getByText('This does not look like a number')).toHaveCount(0);
  await seen.page.keyboard.press('Enter');
  await expect(seen.now).toHaveText(STATUS.shipped);
  await expect(seen.page.getByText(PARCEL).first()).toBeVisible();
  await expect(seen.page.getByRole('link', { name: 'Follow' })).toHaveAttribute('href', `https://novaposhta.ua/tracking/${PARCEL}`);

  await seen.next(STATUS.delivered);
  await expect(seen.now).toHaveText(STATUS.delivered);
  await expect(seen.page.locator('.way li')).toHaveCount(5);
  await expect(seen.page.locator('.way li.now')).toContainText(STATUS.delivered);
  await seen.page.reload();
  await live(seen.page);
  await expect(seen.now).toHaveText(STATUS.delivered);
  await expect(seen.page.locator('.history')).toContainText(`“${STATUS.shipped}”`);
});

test('a delay asks why and until when; Escape loses nothing; the way back is open', async ({ shop, person }) => {
  const { order } = await shop.order(1);
  const seen = await new OrderPage(await person()).open(order);
  await seen.next(STATUS.processing);
  await expect(seen.now).toHaveText(STATUS.processing);
  await seen.other(STATUS.delayed);
  await expect(seen.page.locator('#ask-until')).toBeFocused();
  await seen.page.locator('#ask-reason').fill('The supplier is late');
  await seen.save();
  await expect(seen.page.locator('#ask-until')).toHaveAttribute('aria-invalid', 'true');
  await expect(seen.now, 'nothing has changed').toHaveText(STATUS.processing);
  await seen.page.keyboard.press('Escape');
  await expect(seen.form).toHaveCount(0);
  await seen.other(STATUS.delayed);
  await expect(seen.page.locator('#ask-reason')).toHaveValue('The supplier is late');
  await seen.page.locator('#ask-until').fill('2030-01-15');
  await seen.save();
  await expect(seen.now).toHaveText(STATUS.delayed);
  await expect(seen.page.locator('.way li.now')).toContainText('Until 2030-01-15: The supplier is late');
  await seen.toast(STATUS.delayed).getByRole('button', { name: 'Undo' }).click();
  await expect(seen.now).toHaveText(STATUS.processing);
});

test('a cancellation asks who and why, and past the rules a head says why', async ({ shop, person, complaints }) => {
  const { order } = await shop.order(1);
  const seen = await new OrderPage(await person()).open(order);
  await seen.other(STATUS.cancelled);
  await seen.page.locator('#ask-by').selectOption('shop');
  await seen.page.locator('#ask-reason').fill('Out of stock');
  await seen.save();
  await expect(seen.now).toHaveText(STATUS.cancelled);
  await expect(seen.page.locator('.way li.now')).toContainText('The shop: Out of stock');

  complaints.expectRefusal();
  await seen.other(STATUS.processing);
  await expect(seen.page.locator('#ask-override')).toBeFocused();
  await seen.save();
  await expect(seen.form.getByRole('alert').filter({ hasText: 'To go past the rule' })).toBeVisible();
  await seen.page.locator('#ask-override').fill('It was found in the other shop');
  await seen.save();
  await expect(seen.now).toHaveText(STATUS.processing);
  await expect(seen.page.locator('.way li.now')).toContainText('It was found in the other shop');
});

test('of two people at one order the second is told who was quicker, and loses nothing typed @both', async ({ shop, person }) => {
  const { order } = await shop.order(1);
  const [one, other] = await Promise.all([person(), person()]);
  const [slow, quick] = await Promise.all([new OrderPage(one).open(order), new OrderPage(other).open(order)]);
  await slow.next(STATUS.processing);
  await expect(quick.now, 'the page follows').toHaveText(STATUS.processing);
  await slow.other(STATUS.delayed);
  await slow.page.locator('#ask-until').fill('2030-01-15');
  await slow.page.locator('#ask-reason').fill('The supplier is late');
  await quick.next(STATUS.picking);
  await expect(slow.now).toHaveText(STATUS.picking);
  const told = slow.form.getByRole('alert').filter({ hasText: 'meanwhile' });
  await expect(told).toContainText('Olena Owner');
  await expect(told).toContainText(STATUS.picking);
  await expect(slow.page.locator('#ask-reason')).toHaveValue('The supplier is late');
  await slow.save();
  await expect(slow.now).toHaveText(STATUS.delayed);
  await expect(quick.now).toHaveText(STATUS.delayed);
});

test('many are changed at once, and who was refused is named with the reason @both', async ({ shop, person }) => {
  test.slow();
  await shop.orders(57);
  await shop.orders(3, 101, () => ({ status: 'completed' }));
  const page = await person();
  await page.goto('/orders');
  const rows = page.locator('.orders-list tbody tr');
  await expect(rows).toHaveCount(50);
  await awake(page.getByRole('button', { name: 'Show more' }));
  await page.getByRole('button', { name: 'Show more' }).click();
  await expect(rows).toHaveCount(60);
  await page.getByRole('checkbox', { name: 'Select all shown' }).check();
  await expect(page.locator('.orders-bulk')).toContainText('60 selected');
  await page.locator('#bulk-status').selectOption({ label: STATUS.cancelled });
  await page.locator('.orders-bulk #ask-reason').fill('The shop moves');
  await page.locator('.orders-bulk').getByRole('button', { name: 'Take to status' }).click();
  await expect(page.locator('.orders-bulk')).toContainText('Taken there: 57 orders.');
  await expect(page.locator('.orders-bulk')).toContainText('Not taken there: 3 orders.');
  await expect(page.locator('.orders-bulk li')).toHaveCount(3);
  for (const number of [101, 102, 103]) {
    await expect(page.locator('.orders-bulk li').filter({ hasText: `№ ${number}: From here it may go to` })).toHaveCount(1);
  }
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.locator('.orders-bulk').getByRole('link', { name: 'Download the list (CSV)' }).click(),
  ]);
  expect(file.suggestedFilename()).toBe('refused.csv');
  await page.locator('.orders-bulk').getByRole('button', { name: 'Close' }).click();
  await page.locator('#o-kind').selectOption('delivered');
  await expect(rows).toHaveCount(3);
  await expect(page).toHaveURL(/\/orders\?kind=delivered$/);
  await page.reload();
  await expect(rows).toHaveCount(3);
});

test('the list by keys: a scanned number opens its order, a name narrows, a column stays put away', async ({ shop, person }) => {
  await shop.orders(4, 1, (n) => ({ name: `Buyer ${n}`, total: `${n}00.00` }));
  const { order } = await shop.order(4711, { name: 'Taras Melnyk', total: '50.00' });
  const page = await person();
  await page.goto('/orders');
  const [rows, search] = [page.locator('.orders-list tbody tr'), page.locator('#orders-search')];
  await expect(rows).toHaveCount(5);
  await awake(page.locator('#o-sort'));
  await page.locator('#o-sort').selectOption('sum');
  await expect(rows.first()).toContainText('Buyer 4');
  await search.fill('taras');
  await search.press('Enter');
  await expect(rows).toHaveCount(1);
  await search.fill('4711');
  await search.press('Enter');
  await expect(page).toHaveURL(new RegExp(`/orders/${order}$`));
  await page.goBack();
  await expect(search).toHaveValue('taras');
  await awake(page.locator('#o-sort'));
  await page.locator('.orders-columns summary').press('Enter');
  await page.getByRole('checkbox', { name: 'Payment' }).uncheck();
  await expect(page.locator('.orders-list .col-payment').first()).toBeHidden();
  await page.reload();
  await expect(page.locator('.orders-list .col-payment').first()).toBeHidden();
  await expect(page.locator('.orders-list .col-customer').first()).toBeVisible();
});

test('a deal leads to its order, and one without gets an order', async ({ shop, board }) => {
  await shop.order(1, { name: 'Has Order' });
  const seen = await board();
  await seen.card('Has Order').click();
  const drawer = seen.page.getByRole('dialog', { name: 'Deal' });
  await expect(drawer.locator('.order .chip.status')).toHaveText(STATUS.waiting);
  await drawer.getByRole('link', { name: 'Open the order' }).click();
  await expect(seen.page).toHaveURL(/\/orders\/\d+$/);
  await seen.page.getByRole('link', { name: 'Open the deal' }).click();
  await expect(drawer).toBeVisible();
  await seen.page.keyboard.press('Escape');

  await seen.open(shop.board);
  await seen.page.locator('.new-deal').click();
  await seen.page.locator('#deal-name').fill('No Order');
  await seen.page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await seen.card('No Order').click();
  await drawer.getByRole('button', { name: 'Create an order' }).click();
  await expect(seen.toast('Order created')).toBeVisible();
  await expect(drawer.getByRole('link', { name: 'Open the order' })).toBeVisible();
  await expect(seen.card('No Order').locator('.chip.status')).toBeVisible();
});

test.describe('where statuses and stages go together', () => {
  test.use({ furnished: 'demo' });

  test('a card that is dragged to where parcels are sent asks for the number, and takes its order along', async ({ shop, person, complaints }) => {
    complaints.expectRefusal();
    const path = `/f/${await shop.demoFunnel()}`;
    const [one, two] = await Promise.all([person(), person()]);
    const [seen, other] = await Promise.all([new Board(one).open(path), new Board(two).open(path)]);
    // Whoever has one deal, wherever it stands before the sending: what the demo shop has where depends on the hour.
    let [name, stage] = ['', ''];
    for (const before of ['Обробка', 'Підтвердження', 'Новий заказ']) {
      const names = await seen.column(before).locator('[data-card-id]:has(.chip.status) .customer').allTextContents();
      for (const found of names) if (name === '' && (await seen.card(found).count()) === 1) [name, stage] = [found, before];
    }
    expect(name, 'a customer with one deal').not.toBe('');
    await seen.drag(name, 'Відправлено');
    const dialog = seen.page.getByRole('dialog').filter({ has: seen.page.locator('#ask-number') });
    await expect(dialog).toBeVisible();
    await expect(seen.cardOn(stage, name), 'nothing has moved yet').toBeVisible();
    await dialog.locator('#ask-number').fill(PARCEL);
    await dialog.getByRole('button', { name: 'Save' }).click();
    for (const board of [seen, other]) {
      await expect(board.cardOn('Відправлено', name)).toBeVisible();
      await expect(board.cardOn('Відправлено', name).locator('.chip.status')).toHaveText('Відправлено');
    }
  });
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`an order and the list in a hand, for everybody, in ${colorScheme}`, async ({ shop, person }) => {
    const { order } = await shop.order(1, { name: 'A Customer Of Quite A Long Name', note: 'Please ring twice' });
    await shop.orders(3, 2);
    const page = await person({ viewport: { width: 390, height: 844 }, colorScheme });
    const fits = () => page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth);
    await page.goto('/orders');
    await expect(page.locator('.orders-list tbody tr')).toHaveCount(4);
    expect(await fits(), 'the list').toBe(true);
    await audit(page, 'the list');
    const seen = await new OrderPage(page).open(order);
    expect(await fits(), 'the order').toBe(true);
    await audit(page, 'the order');
    await seen.other(STATUS.cancelled);
    await expect(seen.form).toBeVisible();
    expect(await fits(), 'the form').toBe(true);
    await audit(page, 'the form');
  });
}
