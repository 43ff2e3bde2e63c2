import { expect, test } from './fixtures';

test.describe('a live board @both', () => {
  test('an order posted by the shop appears in two browsers, and a drag in one moves in the other', async ({ shop, board }) => {
    const [one, other] = await Promise.all([board(), board()]);
    await shop.order(1, { name: 'Оксана Мельник', total: '1430.50' });
    await shop.order(2, { name: 'Petro Bondar', total: '569.50' });
    for (const seen of [one, other]) {
      await expect(seen.cardOn('New order', 'Оксана Мельник')).toBeVisible();
      await expect(seen.cardOn('New order', 'Petro Bondar')).toBeVisible();
      await seen.expectHead('New order', 2, '₴2,000');
    }

    await one.drag('Оксана Мельник', 'Confirmation');
    for (const seen of [one, other]) {
      await expect(seen.cardOn('Confirmation', 'Оксана Мельник')).toBeVisible();
      await expect(seen.cardOn('New order', 'Оксана Мельник')).toHaveCount(0);
      await seen.expectHead('New order', 1, '₴569.50');
      await seen.expectHead('Confirmation', 1, '₴1,430.50');
    }
    await one.reload();
    await expect(one.cardOn('Confirmation', 'Оксана Мельник')).toBeVisible();
    await one.expectHead('Confirmation', 1, '₴1,430.50');
  });

  test('a place within a column is the whole team’s, and outlives a reload', async ({ shop, board }) => {
    for (const [n, name] of ['First', 'Second', 'Third'].entries()) await shop.order(n + 1, { name });
    const [one, other] = await Promise.all([board(), board()]);
    const before = await one.customers('New order');
    expect([...before].sort()).toEqual(['First', 'Second', 'Third']);
    const [top, middle, bottom] = before;

    // The row of a card is 124 px: below the second's middle is the place before the third.
    await one.drag(bottom, 'New order', 4);
    const wanted = [bottom, top, middle];
    await expect.poll(() => one.customers('New order')).toEqual(wanted);
    await expect.poll(() => other.customers('New order')).toEqual(wanted);
    await one.reload();
    await expect.poll(() => one.customers('New order')).toEqual(wanted);

    await other.drag(bottom, 'New order', 124 + 80);
    const then = [top, bottom, middle];
    await expect.poll(() => other.customers('New order')).toEqual(then);
    await expect.poll(() => one.customers('New order')).toEqual(then);
    await other.reload();
    await expect.poll(() => other.customers('New order')).toEqual(then);
  });

  test('counts and sums are true however little is loaded, and scrolling loads the rest', async ({ shop, board }) => {
    test.slow();
    await shop.orders(300, 1, () => ({ total: '100.00' }));
    const seen = await board();
    await seen.expectHead('New order', 300, '₴30,000');
    const column = seen.column('New order');
    const cards = column.locator('[data-card-id]');
    await expect.poll(() => cards.count()).toBeLessThan(40);

    const list = column.locator('.cards');
    const met = new Set<string>();
    const meet = async () => {
      const ids = await cards.evaluateAll((all) => all.map((card) => card.getAttribute('data-card-id')!));
      for (const id of ids) met.add(id);
      expect(ids.length, 'only what is in sight is in the document').toBeLessThan(40);
    };
    await list.hover();
    await expect.poll(async () => {
      await meet();
      await seen.page.mouse.wheel(0, 400);
      return met.size;
    }, { timeout: 40_000, intervals: [10] }).toBe(300);
    await seen.expectHead('New order', 300, '₴30,000');

    // The last card of all leads away from a column that was scrolled to its end, and the figures follow.
    const last = cards.last();
    await last.getByRole('button', { name: 'Move to…' }).click();
    await last.getByRole('menuitem', { name: 'Confirmation' }).click();
    await seen.expectHead('New order', 299, '₴29,900');
    await seen.expectHead('Confirmation', 1, '₴100');
  });
});

test('two servers on one PostgreSQL show each other’s moves @postgres', async ({ shop, board }) => {
  const twin = shop.server.twin();
  await twin.start();
  try {
    const [here, there] = [await board(), await board({ at: twin.url })];
    await shop.order(1, { name: 'Seen Twice' });
    for (const seen of [here, there]) await expect(seen.cardOn('New order', 'Seen Twice')).toBeVisible();
    await there.drag('Seen Twice', 'Confirmation');
    await expect(here.cardOn('Confirmation', 'Seen Twice')).toBeVisible();
    await here.drag('Seen Twice', 'Processing');
    await expect(there.cardOn('Processing', 'Seen Twice')).toBeVisible();
    await here.page.close();
    await there.page.close();
  } finally {
    await twin.stop();
  }
});

test.describe('where reasons are listed', () => {
  test.use({ furnished: 'demo' });

  test('lost asks for the reason, and without one nothing moves', async ({ shop, board }) => {
    await shop.order(1, { name: 'Lost One' });
    const seen = await board();
    await seen.drag('Lost One', 'Cancelled');
    const dialog = seen.page.getByRole('dialog', { name: 'Why was the deal lost?' });
    await expect(dialog).toBeVisible();
    await dialog.getByRole('button', { name: 'Cancel', exact: true }).click();
    await expect(dialog).toBeHidden();
    await expect(seen.cardOn('New order', 'Lost One')).toBeVisible();

    await seen.drag('Lost One', 'Cancelled');
    const reason = dialog.locator('.choices button').first();
    const words = (await reason.textContent())!.trim();
    await reason.click();
    await expect(seen.cardOn('Cancelled', 'Lost One')).toBeVisible();
    await seen.card('Lost One').click();
    await expect(seen.page.locator('.history')).toContainText(`Moved from “New order” to “Cancelled”, reason: ${words}`);
  });

  test('a lost deal that was taken up by mistake is lost again by an undo, for the same reason and unasked', async ({ shop, board }) => {
    await shop.order(1, { name: 'Second Thoughts' });
    const [seen, other] = await Promise.all([board(), board()]);
    await seen.drag('Second Thoughts', 'Cancelled');
    const dialog = seen.page.getByRole('dialog', { name: 'Why was the deal lost?' });
    const reason = dialog.locator('.choices button').nth(1);
    const words = (await reason.textContent())!.trim();
    await reason.click();
    await expect(other.cardOn('Cancelled', 'Second Thoughts')).toBeVisible();

    await seen.drag('Second Thoughts', 'Processing');
    await expect(other.cardOn('Processing', 'Second Thoughts')).toBeVisible();
    await seen.toast('Second Thoughts → “Processing”').getByRole('button', { name: 'Undo' }).click();
    for (const one of [seen, other]) {
      await expect(one.cardOn('Cancelled', 'Second Thoughts')).toBeVisible();
      await expect(one.cardOn('Processing', 'Second Thoughts')).toHaveCount(0);
    }
    await expect(seen.page.locator('dialog[open]')).toHaveCount(0);
    await seen.reload();
    await seen.cardOn('Cancelled', 'Second Thoughts').click();
    await expect(seen.page.locator('.history')).toContainText(`Moved from “Processing” to “Cancelled”, reason: ${words}`);
  });
});

test('a move can be undone, and goes back to its place', async ({ shop, board }) => {
  for (const [n, name] of ['First', 'Second', 'Third'].entries()) await shop.order(n + 1, { name });
  const [seen, other] = await Promise.all([board(), board()]);
  const before = await seen.customers('New order');
  await seen.drag(before[1], 'Processing');
  await expect(seen.cardOn('Processing', before[1])).toBeVisible();
  await expect(other.cardOn('Processing', before[1])).toBeVisible();
  await seen.toast(before[1]).getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => seen.customers('New order')).toEqual(before);
  await expect.poll(() => other.customers('New order')).toEqual(before);
});

test('a place within a column can be undone as well', async ({ shop, board }) => {
  for (const [n, name] of ['First', 'Second', 'Third'].entries()) await shop.order(n + 1, { name });
  const [seen, other] = await Promise.all([board(), board()]);
  const before = await seen.customers('New order');
  const [top, middle, bottom] = before;
  await seen.drag(bottom, 'New order', 4);
  for (const one of [seen, other]) await expect.poll(() => one.customers('New order')).toEqual([bottom, top, middle]);
  await seen.toast(`${bottom}: another place on “New order”`).getByRole('button', { name: 'Undo' }).click();
  for (const one of [seen, other]) await expect.poll(() => one.customers('New order')).toEqual(before);
});

test('the menu moves without dragging', async ({ shop, board }) => {
  await shop.order(1, { name: 'Menu User' });
  const seen = await board();
  const card = seen.card('Menu User');
  await card.getByRole('button', { name: 'Move to…' }).click();
  await expect(card.getByRole('menuitem', { name: 'New order' })).toHaveCount(0);
  await card.getByRole('menuitem', { name: 'Shipped' }).click();
  await expect(seen.cardOn('Shipped', 'Menu User')).toBeVisible();
});

test('several at once: select, move, undo', async ({ shop, board }) => {
  for (const [n, name] of ['First', 'Second', 'Third'].entries()) await shop.order(n + 1, { name, total: '100.00' });
  const [seen, other] = await Promise.all([board(), board()]);
  for (const name of ['First', 'Third']) {
    await seen.card(name).hover();
    await seen.card(name).getByRole('checkbox', { name: 'Select' }).check();
  }
  const bar = seen.page.getByRole('region', { name: '2 selected' });
  await bar.getByRole('combobox').selectOption({ label: 'Confirmation' });
  for (const one of [seen, other]) {
    await one.expectHead('Confirmation', 2, '₴200');
    await one.expectHead('New order', 1, '₴100');
  }
  await expect(bar).toBeHidden();
  await seen.toast('2 deals moved').getByRole('button', { name: 'Undo' }).click();
  for (const one of [seen, other]) {
    await one.expectHead('New order', 3, '₴300');
    await one.expectHead('Confirmation', 0, '');
  }
});

test('a collapsed column keeps its count and still takes cards', async ({ shop, board }) => {
  await shop.order(1, { name: 'Falls In' });
  const seen = await board();
  const column = seen.column('Processing');
  await column.getByRole('button', { name: 'Collapse the column' }).click();
  await expect(column).toHaveClass(/collapsed/);
  expect((await column.boundingBox())!.width).toBeLessThan(80);
  await seen.drag('Falls In', 'Processing');
  await expect(column.locator('.count')).toHaveAttribute('data-count', '1');
  await column.getByRole('button', { name: 'Expand the column' }).click();
  await expect(seen.cardOn('Processing', 'Falls In')).toBeVisible();
});

test('Escape lets a carried card be, and a click after a drag opens nothing', async ({ shop, board }) => {
  await shop.order(1, { name: 'Steady' });
  const seen = await board();
  await seen.lift('Steady');
  await seen.page.keyboard.press('Escape');
  await expect(seen.page.locator('.carried')).toHaveCount(0);
  // The hand lets go when it likes.
  await seen.page.evaluate(() => new Promise((done) => setTimeout(done, 300)));
  await seen.page.mouse.up();
  await expect(seen.cardOn('New order', 'Steady')).toBeVisible();
  await expect(seen.page.locator('dialog[open]')).toHaveCount(0);

  await seen.drag('Steady', 'Confirmation');
  await expect(seen.cardOn('Confirmation', 'Steady')).toBeVisible();
  await expect(seen.page.locator('dialog[open]')).toHaveCount(0);
});

test('who else is on the board is shown, and leaves', async ({ shop, board }) => {
  await shop.person('ihor@shop.ua', 'Ihor Manager', 'manager', [shop.storefront.name]);
  const seen = await board();
  const other = await board({ email: 'ihor@shop.ua' });
  const avatar = seen.page.locator('.here').getByRole('img', { name: 'Ihor Manager' });
  await expect(avatar).toBeVisible();
  await other.page.close();
  await expect(avatar).toBeHidden({ timeout: 15_000 });
});

test('a paid update of the shop changes the card in place', async ({ shop, board }) => {
  await shop.order(5, { name: 'Changing Mind', total: '100.00' });
  const seen = await board();
  await seen.expectHead('New order', 1, '₴100');
  const { wooOrder } = await import('./support/orders');
  const later = new Date(Date.now() + 60_000).toISOString().slice(0, 19);
  const body = { ...wooOrder(5, { name: 'Changing Mind', total: '250.00' }), date_modified_gmt: later };
  await shop.hook(JSON.stringify(body), 'order.updated');
  await seen.expectHead('New order', 1, '₴250');
  await expect(seen.card('Changing Mind').locator('.sum')).toHaveText('₴250');
});
