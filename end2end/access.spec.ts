import { Board, expect, test } from './fixtures';

test('a manager of one storefront sees nothing of the other, live or after a reload @both', async ({ shop, person, board, complaints }) => {
  complaints.expectRefusal();
  const tea = await shop.addStorefront('Tea shop');
  await shop.person('ann@shop.ua', 'Ann', 'manager', ['Coffee shop']);
  await shop.order(1, { name: 'Coffee Lover' });
  await shop.order(2, { name: 'Tea Lover' }, tea);

  const anns = await person({ email: 'ann@shop.ua' });
  const frames: string[] = [];
  anns.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => frames.push(String(payload))));
  const seen = await new Board(anns).open(shop.board);
  await expect(seen.card('Coffee Lover')).toBeVisible();
  await expect(anns.locator('#funnel option')).toHaveCount(1);
  await expect(anns.getByText('Tea shop')).toHaveCount(0);

  const owner = await board();
  await owner.open(`/f/${tea.funnel}`);
  await shop.order(3, { name: 'Tea Newcomer' }, tea);
  await expect(owner.card('Tea Newcomer')).toBeVisible();
  await shop.order(4, { name: 'Coffee Newcomer' });
  await expect(seen.card('Coffee Newcomer')).toBeVisible();
  expect(frames.join('\n')).toContain('Coffee Newcomer');
  expect(frames.join('\n')).not.toContain('Tea');

  await anns.locator('#search').fill('tea');
  await seen.expectHead('New order', 0, '');
  await anns.goto(`/f/${tea.funnel}`);
  await expect(anns.getByRole('heading', { name: 'There is no such thing, or it is not yours to see.' })).toBeVisible();
  await expect(anns.getByText('Tea Lover')).toHaveCount(0);
  expect(await anns.content()).not.toContain('Tea');
});

test('on a shared board each sees their own storefront’s deals, and the figures agree', async ({ shop, person }) => {
  const tea = await shop.addStorefront('Tea shop');
  await shop.person('ann@shop.ua', 'Ann', 'manager', ['Tea shop']);
  await shop.order(1, { name: 'Coffee Lover', total: '10.00' });
  await shop.order(2, { name: 'Tea Lover', total: '20.00' }, tea);
  const seen = await new Board(await person({ email: 'ann@shop.ua' })).open('/');
  await expect(seen.page).toHaveURL(new RegExp(`/f/${tea.funnel}$`));
  await seen.expectHead('New order', 1, '₴20');
  await expect(seen.card('Coffee Lover')).toHaveCount(0);
});
