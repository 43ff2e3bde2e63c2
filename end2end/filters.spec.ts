import { Board, expect, test } from './fixtures';
import { makeFunnel } from './support/settings';

const DAY_MS = 86_400_000;

async function openPanel(seen: Board) {
  await seen.page.getByRole('button', { name: 'Filter' }).click();
  const panel = seen.page.locator('form.filter-panel');
  await expect(panel).toBeVisible();
  return panel;
}

/** All columns' counts together. */
function total(seen: Board): Promise<number> {
  return seen.page.locator('.column .count').evaluateAll((all) => all.reduce((sum, one) => sum + Number(one.getAttribute('data-count')), 0));
}

test('text finds by name, phone, order number and product, and stays in the address', async ({ shop, board }) => {
  await shop.order(501, { name: 'Оксана Мельник', phone: '067 111 22 33', lines: [{ name: 'Turka', quantity: 1, total: '300.00' }], total: '300.00' });
  await shop.order(502, { name: 'Petro Bondar', lines: [{ name: 'Filter papers', quantity: 2, total: '80.00' }], total: '80.00' });
  const seen = await board();
  const search = seen.page.locator('#search');
  const finds = async (text: string, customer: string, sum: string) => {
    await search.fill(text);
    await seen.expectHead('New order', 1, sum);
    await expect(seen.card(customer)).toBeVisible();
    await expect(seen.page).toHaveURL((url) => url.searchParams.get('q') === text);
  };
  await finds('мельник', 'Оксана Мельник', '₴300');
  await finds('bondar', 'Petro Bondar', '₴80');
  await finds('0671112233', 'Оксана Мельник', '₴300');
  await finds('502', 'Petro Bondar', '₴80');
  await finds('turka', 'Оксана Мельник', '₴300');

  await seen.reload();
  await expect(search).toHaveValue('turka');
  await seen.expectHead('New order', 1, '₴300');
  await search.fill('nothing like this');
  await seen.expectHead('New order', 0, '');
  await expect(seen.column('New order')).toContainText('Nothing matches the filter');
  await search.fill('');
  await seen.expectHead('New order', 2, '₴380');
  await expect(seen.page).toHaveURL((url) => url.search === '');
});

test('while a filter is on, what happens elsewhere keeps its figures true', async ({ shop, board }) => {
  await shop.order(1, { name: 'Wanted One', total: '10.00' });
  const seen = await board();
  await seen.page.locator('#search').fill('wanted');
  await seen.expectHead('New order', 1, '₴10');
  await shop.order(2, { name: 'Wanted Two', total: '20.00' });
  await shop.order(3, { name: 'Other', total: '40.00' });
  await seen.expectHead('New order', 2, '₴30');
  await expect(seen.card('Other')).toHaveCount(0);
});

test('sum, from and to, both together, and reset', async ({ shop, board }) => {
  for (const [n, total] of ['100.00', '250.00', '900.00'].entries()) await shop.order(n + 1, { name: `Sum ${total}`, total });
  const seen = await board();
  const panel = await openPanel(seen);
  await panel.locator('#f-sum-min').fill('200');
  await panel.locator('#f-sum-min').blur();
  await seen.expectHead('New order', 2, '₴1,150');
  await panel.locator('#f-sum-max').fill('500');
  await panel.locator('#f-sum-max').blur();
  await seen.expectHead('New order', 1, '₴250');
  await expect(seen.page).toHaveURL(/sum_min=200&sum_max=500/);
  await expect(seen.page.getByRole('button', { name: /Filter/ }).locator('.badge')).toHaveText('2');
  await panel.getByRole('button', { name: 'Reset the filter' }).click();
  await seen.expectHead('New order', 3, '₴1,250');
});

test('by the responsible person, and by nobody', async ({ shop, board }) => {
  await shop.order(1, { name: 'Mine', total: '10.00' });
  await shop.order(2, { name: 'Nobody’s', total: '20.00' });
  const seen = await board();
  await seen.card('Mine').click();
  const drawer = seen.page.getByRole('dialog', { name: 'Deal' });
  await drawer.locator('#deal-responsible').selectOption({ label: 'Olena Owner' });
  await drawer.getByRole('button', { name: 'Save' }).click();
  await expect(seen.toast('Deal saved')).toBeVisible();
  await drawer.getByRole('button', { name: 'Close' }).click();
  const panel = await openPanel(seen);
  await panel.locator('#f-responsible').selectOption({ label: 'Olena Owner' });
  await seen.expectHead('New order', 1, '₴10');
  await seen.reload();
  await seen.expectHead('New order', 1, '₴10');
  const again = await openPanel(seen);
  await expect(again.locator('#f-responsible option:checked')).toHaveText('Olena Owner');
  await again.locator('#f-responsible').selectOption('nobody');
  await seen.expectHead('New order', 1, '₴20');
});

test('by storefront, on a board that several share', async ({ shop, person }) => {
  const tea = await shop.addStorefront('Tea shop', { preset: 'none' });
  const cups = await shop.addStorefront('Cup shop', { preset: 'none' });
  const page = await person();
  const shared = await makeFunnel(page, { name: 'Everything', storefront: 'Every storefront' });
  await shop.order(1, { name: 'Tea Lover', total: '20.00' }, tea);
  await shop.order(2, { name: 'Cup Lover', total: '30.00' }, cups);
  const seen = await new Board(page).open(shared);
  await seen.expectHead('New order', 2, '₴50');
  const panel = await openPanel(seen);
  await panel.locator('#f-storefront').selectOption({ label: 'Tea shop' });
  await seen.expectHead('New order', 1, '₴20');
  await expect(seen.card('Tea Lover').locator('.storefront')).toHaveText('Tea shop');
  await expect(page).toHaveURL((url) => url.searchParams.get('storefront') === String(tea.id));

  await seen.reload();
  await seen.expectHead('New order', 1, '₴20');
  const again = await openPanel(seen);
  await expect(again.locator('#f-storefront option:checked')).toHaveText('Tea shop');
  await again.locator('#f-storefront').selectOption({ label: 'Cup shop' });
  await seen.expectHead('New order', 1, '₴30');
  await again.locator('#f-storefront').selectOption({ label: 'All storefronts' });
  await seen.expectHead('New order', 2, '₴50');
});

test('by the day of the order in the shop’s own time, both days included', async ({ shop, board }) => {
  // In Kyiv half an hour before a midnight, half an hour after it, and half an hour after the next.
  const placed = ['2025-03-10T21:30:00Z', '2025-03-10T22:30:00Z', '2025-03-11T22:30:00Z'];
  for (const [n, at] of placed.entries()) {
    await shop.order(n + 1, { name: `On March ${n + 10}`, total: `${10 * 2 ** n}.00`, at: new Date(at) });
  }
  const seen = await board();
  await seen.expectHead('New order', 3, '₴70');
  const panel = await openPanel(seen);
  await panel.locator('#f-from').fill('2025-03-11');
  await seen.expectHead('New order', 2, '₴60');
  await panel.locator('#f-to').fill('2025-03-11');
  await seen.expectHead('New order', 1, '₴20');
  await expect(seen.card('On March 11')).toBeVisible();
  await expect(seen.page).toHaveURL(/from=2025-03-11&to=2025-03-11/);

  await seen.reload();
  await seen.expectHead('New order', 1, '₴20');
  const again = await openPanel(seen);
  await expect(again.locator('#f-from')).toHaveValue('2025-03-11');
  await again.locator('#f-from').fill('');
  await seen.expectHead('New order', 2, '₴30');
});

test('a view is saved under a name, opened by another browser of the same person, and removed', async ({ shop, board }) => {
  await shop.order(1, { name: 'Big', total: '5000.00' });
  await shop.order(2, { name: 'Small', total: '5.00' });
  const seen = await board();
  let panel = await openPanel(seen);
  await panel.locator('#f-sum-min').fill('1000');
  await panel.locator('#f-sum-min').blur();
  await seen.expectHead('New order', 1, '₴5,000');
  await panel.locator('#view-name').fill('The big ones');
  await panel.getByRole('button', { name: 'Save as a view' }).click();
  await expect(panel.getByRole('button', { name: 'The big ones', exact: true })).toBeVisible();

  const other = await board();
  await other.expectHead('New order', 2, '₴5,005');
  panel = await openPanel(other);
  await panel.getByRole('button', { name: 'The big ones', exact: true }).click();
  await other.expectHead('New order', 1, '₴5,000');
  await expect(other.page).toHaveURL(/sum_min=1000/);
  await panel.getByRole('button', { name: 'Remove the view “The big ones”' }).click();
  await expect(panel.getByRole('button', { name: 'The big ones', exact: true })).toHaveCount(0);
});

test('the panel closes by Escape and by a click elsewhere, and gives the focus back', async ({ board }) => {
  const seen = await board();
  const panel = await openPanel(seen);
  await seen.page.keyboard.press('Escape');
  await expect(panel).toHaveCount(0);
  await expect(seen.page.getByRole('button', { name: 'Filter' })).toBeFocused();
  await openPanel(seen);
  await seen.page.mouse.click(700, 700);
  await expect(panel).toHaveCount(0);
});

test.describe('in the demo shop', () => {
  test.use({ furnished: 'demo' });

  test('overdue, and by source: as many as the API finds', async ({ shop, person }) => {
    const id = await shop.demoFunnel();
    const seen = await new Board(await person()).open(`/f/${id}`);
    const panel = await openPanel(seen);
    const same = async (query: string) => expect
      .poll(async () => (await total(seen)) - (await shop.count(`funnel=${id}&${query}`)), { timeout: 15_000 })
      .toBe(0);
    await panel.locator('#f-overdue').check();
    await expect(seen.page).toHaveURL(/overdue=1/);
    await same('overdue=1');
    expect(await total(seen)).toBeGreaterThan(0);
    await expect(seen.page.locator('[data-card-id]:not(.overdue)')).toHaveCount(0);
    await panel.locator('#f-overdue').uncheck();
    await panel.locator('#f-source').selectOption('call');
    await expect(seen.page).toHaveURL(/source=call/);
    await same('source=call');
  });

  test('by days on the stage: those that have stood there for so long, and only those', async ({ shop, person }) => {
    const id = await shop.demoFunnel();
    const seen = await new Board(await person()).open(`/f/${id}`);
    const panel = await openPanel(seen);
    await panel.locator('#f-age').fill('3');
    await panel.locator('#f-age').blur();
    await expect(seen.page).toHaveURL(/age=3/);
    const all = await shop.deals(`funnel=${id}`);
    const aged = async () => (await shop.deals(`funnel=${id}`)).filter(({ since }) => since <= Date.now() - 3 * DAY_MS).length;
    await expect.poll(async () => (await total(seen)) - (await aged()), { timeout: 15_000 }).toBe(0);
    expect(await total(seen)).toBeGreaterThan(0);
    expect(await total(seen)).toBeLessThan(all.length);
    const ages = await seen.page.locator('[data-card-id] .age').allInnerTexts();
    expect(ages.filter((words) => !/^\s*([3-9]|\d\d+) d/.test(words))).toEqual([]);
  });
});
