import { Board, expect, test as base } from './fixtures';
import { Wire } from './support/wire';

/** A board whose connection the test may cut, beside one that stays connected. */
const test = base.extend<{ wire: Wire; far: Board }>({
  wire: async ({ shop, complaints }, use) => {
    complaints.expectLostConnection();
    const wire = new Wire(() => shop.server.address);
    await wire.mend();
    await use(wire);
    await wire.cut();
  },
  far: async ({ wire, shop, person }, use) => {
    const page = await person({ at: wire.url });
    await use(await new Board(page).open(shop.board));
  },
});

async function offline(seen: Board): Promise<void> {
  await expect(seen.page.locator('#live')).toHaveText('Offline');
  await expect(seen.page.getByRole('status').filter({ hasText: 'may be out of date' })).toBeVisible();
}

async function online(seen: Board): Promise<void> {
  await expect(seen.page.locator('#live')).toHaveText('Live', { timeout: 20_000 });
}

/** Moves that the browser keeps until the server has answered. */
function kept(seen: Board): Promise<number> {
  return seen.page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('voronka-move:')).length);
}

test('cut off, the board says so and stays readable; after the return nothing is missed', async ({ shop, wire, far, board }) => {
  await shop.order(1, { name: 'Before', total: '100.00' });
  const near = await board();
  await expect(far.cardOn('New order', 'Before')).toBeVisible();
  await wire.cut();
  await offline(far);
  await expect(far.cardOn('New order', 'Before')).toBeVisible();
  await far.expectHead('New order', 1, '₴100');

  // Meanwhile the world goes on.
  const { deal } = await shop.order(2, { name: 'Meanwhile', total: '50.00' });
  await shop.order(3, { name: 'Meanwhile Two', total: '25.00' });
  await shop.move(deal, 'Processing');
  await near.expectHead('Processing', 1, '₴50');
  await far.expectHead('New order', 1, '₴100');

  await wire.mend();
  await online(far);
  await far.expectHead('New order', 2, '₴125');
  await far.expectHead('Processing', 1, '₴50');
  await expect(far.cardOn('Processing', 'Meanwhile')).toBeVisible();
  await expect.poll(() => far.customers('New order')).toEqual(await near.customers('New order'));
});

test('a move made while cut off is kept, counted, and sent on the return', async ({ shop, wire, far, board }) => {
  await shop.order(1, { name: 'Kept' });
  await shop.order(2, { name: 'Kept Too' });
  const near = await board();
  await expect(far.card('Kept Too')).toBeVisible();
  await wire.cut();
  await offline(far);
  await far.drag('Kept', 'Confirmation');
  await expect(far.cardOn('Confirmation', 'Kept')).toBeVisible();
  await expect(far.page.getByText('1 move is waiting for the connection')).toBeVisible();
  await far.drag('Kept Too', 'Processing');
  await expect(far.page.getByText('2 moves are waiting for the connection')).toBeVisible();
  await expect(near.cardOn('New order', 'Kept')).toBeVisible();

  await wire.mend();
  await online(far);
  for (const seen of [far, near]) {
    await expect(seen.cardOn('Confirmation', 'Kept')).toBeVisible();
    await expect(seen.cardOn('Processing', 'Kept Too')).toBeVisible();
  }
  await expect(far.page.getByText('waiting for the connection')).toHaveCount(0);
  await far.reload();
  await expect(far.cardOn('Confirmation', 'Kept')).toBeVisible();
});

test('two moves in conflict: the later one is refused with words and the card stands where it really is', async ({ shop, wire, far, board, complaints }) => {
  complaints.expectRefusal();
  const { deal } = await shop.order(1, { name: 'Contested' });
  const near = await board();
  await expect(far.card('Contested')).toBeVisible();
  await wire.cut();
  await offline(far);
  await far.drag('Contested', 'Confirmation');
  await expect(far.cardOn('Confirmation', 'Contested')).toBeVisible();
  await shop.move(deal, 'Shipped');
  await expect(near.cardOn('Shipped', 'Contested')).toBeVisible();

  await wire.mend();
  await expect(far.toast('Somebody moved this deal to “Shipped” meanwhile. Your move was not made.')).toBeVisible({ timeout: 20_000 });
  for (const seen of [far, near]) {
    await expect(seen.cardOn('Shipped', 'Contested')).toBeVisible();
    await seen.expectHead('Confirmation', 0, '');
    await seen.expectHead('Shipped', 1, '₴1,250');
  }
});

test('a customer who was renamed meanwhile has the new name on the return, and the kept move lands', async ({ shop, wire, far, board }) => {
  await shop.order(1, { name: 'Old Name' });
  const near = await board();
  await expect(far.card('Old Name')).toBeVisible();
  await wire.cut();
  await offline(far);
  await far.drag('Old Name', 'Confirmation');
  await expect(far.cardOn('Confirmation', 'Old Name')).toBeVisible();
  await near.card('Old Name').click();
  const drawer = near.page.getByRole('dialog', { name: 'Deal' });
  await drawer.locator('#deal-name').fill('New Name');
  await drawer.getByRole('button', { name: 'Save' }).click();
  await expect(near.toast('Deal saved')).toBeVisible();

  await wire.mend();
  await online(far);
  for (const seen of [far, near]) {
    await expect(seen.cardOn('Confirmation', 'New Name')).toBeVisible();
    await expect(seen.card('Old Name')).toHaveCount(0);
  }
});

test('a move kept while cut off outlives a reload of the tab', async ({ shop, wire, far, board }) => {
  await shop.order(1, { name: 'Patient' });
  const near = await board();
  await expect(far.card('Patient')).toBeVisible();
  // The page may be loaded anew while moves can't be sent.
  await far.page.route('**/api/send_move*', (route) => route.abort('connectionrefused'));
  await far.drag('Patient', 'Confirmation');
  await expect(far.cardOn('Confirmation', 'Patient')).toBeVisible();
  await expect.poll(() => kept(far)).toBe(1);
  await expect(near.cardOn('New order', 'Patient')).toBeVisible();
  await far.reload();
  await expect(far.cardOn('Confirmation', 'Patient')).toBeVisible();
  await far.page.unroute('**/api/send_move*');
  await expect(near.cardOn('Confirmation', 'Patient')).toBeVisible({ timeout: 15_000 });
  await expect.poll(() => kept(far)).toBe(0);
  await wire.cut();
});

test('a move kept while cut off outlives its tab: the next one sends it', async ({ shop, wire, far, board }) => {
  await shop.order(1, { name: 'Left Behind' });
  const near = await board();
  await expect(far.card('Left Behind')).toBeVisible();
  await wire.cut();
  await offline(far);
  await far.drag('Left Behind', 'Confirmation');
  await expect(far.page.getByText('1 move is waiting for the connection')).toBeVisible();
  await far.page.close();
  await expect(near.cardOn('New order', 'Left Behind')).toBeVisible();

  await wire.mend();
  const next = await new Board(await far.page.context().newPage()).open(shop.board);
  for (const seen of [next, near]) await expect(seen.cardOn('Confirmation', 'Left Behind')).toBeVisible();
  await expect.poll(() => kept(next)).toBe(0);
  await next.reload();
  await expect(next.cardOn('Confirmation', 'Left Behind')).toBeVisible();
});

test('the browser says it is offline: the board says it too', async ({ shop, far, complaints }) => {
  complaints.expectLostConnection();
  await shop.order(1, { name: 'Switched' });
  await expect(far.card('Switched')).toBeVisible();
  await far.page.context().setOffline(true);
  await far.drag('Switched', 'Confirmation');
  await expect(far.cardOn('Confirmation', 'Switched')).toBeVisible();
  await expect(far.page.locator('#live')).toHaveText('Offline');
  await far.page.context().setOffline(false);
  await online(far);
  await expect.poll(() => shop.count(`stage=${2}`)).toBe(1);
});

test('the server is killed and comes back: every board goes on by itself', async ({ shop, complaints, board }) => {
  complaints.expectLostConnection();
  await shop.order(1, { name: 'Survivor' });
  const seen = await board();
  await expect(seen.card('Survivor')).toBeVisible();
  await shop.server.stop('SIGKILL');
  await offline(seen);
  await shop.server.start();
  await online(seen);
  await shop.order(2, { name: 'After' });
  await expect(seen.cardOn('New order', 'After')).toBeVisible();
  await seen.drag('Survivor', 'Confirmation');
  await expect(seen.cardOn('Confirmation', 'Survivor')).toBeVisible();
  await expect.poll(() => shop.count('stage=2')).toBe(1);
});
