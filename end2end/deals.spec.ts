import { Board, expect, test } from './fixtures';
import { makeFunnel } from './support/settings';

async function openNew(seen: Board) {
  await seen.page.getByRole('button', { name: 'New deal' }).first().click();
  const drawer = seen.page.getByRole('dialog', { name: 'New deal' });
  await expect(drawer).toBeVisible();
  return drawer;
}

test('a deal made by hand: faults beside their fields, then the card in every browser', async ({ board }) => {
  const [seen, other] = await Promise.all([board(), board()]);
  const drawer = await openNew(seen);
  await drawer.locator('#deal-phone').fill('12');
  await drawer.locator('#deal-email').fill('not an address');
  await drawer.locator('.line-name').first().fill('Coffee grinder');
  await drawer.locator('.line-quantity').first().fill('two');
  await drawer.locator('.line-price').first().fill('1499.50');
  await drawer.getByRole('button', { name: 'Save' }).click();

  const name = drawer.locator('label.field', { has: seen.page.locator('#deal-name') });
  await expect(name.getByRole('alert')).toHaveText('Fill this in');
  await expect(drawer.locator('#deal-name')).toHaveAttribute('aria-invalid', 'true');
  const phone = drawer.locator('label.field', { has: seen.page.locator('#deal-phone') });
  await expect(phone.getByRole('alert')).toHaveText('This does not look like a phone number');
  const email = drawer.locator('label.field', { has: seen.page.locator('#deal-email') });
  await expect(email.getByRole('alert')).toHaveText('This does not look like an email address');
  await expect(drawer.locator('.line').first()).toContainText('A number is needed here');

  await drawer.locator('#deal-name').fill('Taras By Hand');
  await drawer.locator('#deal-phone').fill('(067) 222-33-44');
  await drawer.locator('#deal-email').fill('taras@example.ua');
  await drawer.locator('.line-quantity').first().fill('2');
  await expect(drawer.locator('#deal-sum')).toHaveAttribute('placeholder', '2999');
  await drawer.getByRole('button', { name: 'Add a product' }).click();
  await drawer.locator('.line-name').nth(1).fill('Delivery');
  await drawer.locator('.line-quantity').nth(1).fill('1');
  await drawer.locator('.line-price').nth(1).fill('80');
  await expect(drawer.locator('#deal-sum')).toHaveAttribute('placeholder', '3079');
  await drawer.getByRole('button', { name: 'Save' }).click();
  await expect(seen.page.locator('dialog[open]')).toHaveCount(0);
  await expect(seen.toast('Deal created')).toBeVisible();
  for (const one of [seen, other]) {
    const card = one.cardOn('New order', 'Taras By Hand');
    await expect(card).toContainText('₴3,079');
    await expect(card).toContainText('Coffee grinder');
    await expect(card).toContainText('and 1 more');
    await expect(card).toContainText('Call');
    await one.expectHead('New order', 1, '₴3,079');
  }
});

test('the plus of a column makes the deal on that stage, and a lost one has none', async ({ board }) => {
  const seen = await board();
  await expect(seen.column('Cancelled').getByRole('button', { name: 'New deal' })).toHaveCount(0);
  await seen.column('Processing').getByRole('button', { name: 'New deal' }).click();
  const drawer = seen.page.getByRole('dialog', { name: 'New deal' });
  await drawer.locator('#deal-name').fill('Straight In');
  await drawer.locator('.line-name').first().fill('Cup');
  await drawer.locator('.line-quantity').first().fill('1');
  await drawer.locator('.line-price').first().fill('10');
  await drawer.getByRole('button', { name: 'Save' }).click();
  await expect(seen.cardOn('Processing', 'Straight In')).toBeVisible();
});

test('on a board that storefronts share, a new deal says whose it is and is counted in their money', async ({ shop, person }) => {
  const tea = await shop.addStorefront('Tea shop', { currency: 'EUR', preset: 'none' });
  const page = await person();
  const seen = await new Board(page).open(shop.board);
  let drawer = await openNew(seen);
  await expect(drawer.locator('#deal-storefront'), 'a storefront’s own board need not ask').toHaveCount(0);

  await seen.open(await makeFunnel(page, { name: 'Everything', storefront: 'Every storefront' }));
  drawer = await openNew(seen);
  await expect(drawer.locator('#deal-storefront option:checked')).toHaveText('Coffee shop');
  await expect(drawer.locator('.lines-sum')).toContainText('Sum, UAH');
  await drawer.locator('#deal-storefront').selectOption({ label: 'Tea shop' });
  await expect(drawer.locator('.lines-sum')).toContainText('Sum, EUR');
  await drawer.locator('#deal-name').fill('Tea Lover');
  await drawer.locator('.line-name').first().fill('Sencha');
  await drawer.locator('.line-price').first().fill('12.50');
  await drawer.getByRole('button', { name: 'Save' }).click();
  const card = seen.cardOn('New order', 'Tea Lover');
  await expect(card.locator('.storefront')).toHaveText('Tea shop');
  await expect(card.locator('.sum')).toHaveText('€12.50');
  expect(await shop.deals(`storefront=${tea.id}`)).toMatchObject([{ storefront: tea.id, currency: 'EUR', sum: 1250 }]);
});

test('an edit is saved, told in the history, and seen elsewhere', async ({ shop, board }) => {
  await shop.order(7, { name: 'Edited Soon', total: '1250.00', phone: '050 123-45-67' });
  const [seen, other] = await Promise.all([board(), board()]);
  await seen.card('Edited Soon').click();
  const drawer = seen.page.getByRole('dialog', { name: 'Deal' });
  await expect(drawer.locator('#deal-name')).toHaveValue('Edited Soon');
  await expect(drawer.locator('#deal-phone')).toHaveValue(/\+380501234567|\+380 50 123 45 67/);
  await expect(drawer.locator('.history')).toContainText('Order no. 7 for ₴1,250 came in');
  await drawer.locator('#deal-comment').fill('Calls back after six');
  await drawer.locator('.line-price').first().fill('1000');
  await drawer.getByRole('button', { name: 'Save' }).click();
  await expect(seen.toast('Deal saved')).toBeVisible();
  await expect(drawer.locator('.history')).toContainText('comment');
  await expect(drawer.locator('.history')).toContainText('sum ₴1,250 → ₴1,000');
  await expect(drawer.locator('.history')).toContainText('Olena Owner');
  await expect(other.card('Edited Soon').locator('.sum')).toHaveText('₴1,000');
  await other.expectHead('New order', 1, '₴1,000');

  await seen.reload();
  await seen.card('Edited Soon').click();
  await expect(drawer.locator('#deal-comment')).toHaveValue('Calls back after six');
});

test('a sum with the delivery in it outlives an edit of something else; a typed one is saved, and none is the goods’', async ({ shop, board }) => {
  await shop.order(9, { name: 'Far Away', total: '1330.00', shipping: '80.00' });
  const [seen, other] = await Promise.all([board(), board()]);
  const drawer = seen.page.getByRole('dialog', { name: 'Deal' });
  const sum = drawer.locator('#deal-sum');
  /** Saves, and reads in a page loaded anew what the history says of it. */
  const save = async (told: string) => {
    await drawer.getByRole('button', { name: 'Save' }).click();
    await expect(seen.toast('Deal saved')).toBeVisible();
    await seen.reload();
    await seen.card('Far Away').click();
    await expect(drawer.locator('.history')).toContainText(told);
  };
  await seen.card('Far Away').click();
  await expect(sum).toHaveValue('1330');
  await expect(sum).toHaveAttribute('placeholder', '1250');
  await drawer.locator('#deal-comment').fill('Leave it with the neighbour');
  await save('Changed: comment');
  await expect(drawer.locator('.history')).not.toContainText('sum ₴');
  await expect(sum).toHaveValue('1330');
  await other.expectHead('New order', 1, '₴1,330');

  await sum.fill('a lot');
  await drawer.getByRole('button', { name: 'Save' }).click();
  await expect(sum).toHaveAttribute('aria-invalid', 'true');
  await expect(drawer.locator('.lines').getByRole('alert').filter({ hasText: 'A number is needed here' })).toBeVisible();
  await sum.fill('1300.50');
  await save('sum ₴1,330 → ₴1,300.50');
  await expect(sum).toHaveValue('1300.50');
  await expect(other.card('Far Away').locator('.sum')).toHaveText('₴1,300.50');

  await sum.fill('');
  await save('sum ₴1,300.50 → ₴1,250');
  await expect(sum).toHaveValue('');
  await other.expectHead('New order', 1, '₴1,250');
});

test('a deleted deal goes from every board; the order, the customer and the others stay', async ({ shop, board }) => {
  await shop.order(1, { name: 'Twice By Mistake', total: '100.00' });
  await shop.order(2, { name: 'Stays Here', total: '50.00' });
  const [seen, other] = await Promise.all([board(), board()]);
  await other.expectHead('New order', 2, '₴150');
  await other.card('Twice By Mistake').click();
  const theirs = other.page.getByRole('dialog', { name: 'Deal' });
  await expect(theirs.locator('#deal-name')).toHaveValue('Twice By Mistake');
  await theirs.locator('#deal-comment').fill('half a sentence');

  await seen.card('Twice By Mistake').click();
  const drawer = seen.page.getByRole('dialog', { name: 'Deal' });
  await drawer.getByRole('button', { name: 'Delete deal…' }).click();
  const asked = drawer.getByRole('alert').filter({ hasText: 'This can\'t be undone.' });
  await expect(asked).toContainText('The customer, the shop\'s order and the log stay.');
  await expect(asked.getByRole('button', { name: 'Delete the deal' })).toBeFocused();
  await asked.getByRole('button', { name: 'Cancel' }).click();
  await expect(asked).toHaveCount(0);
  await expect(other.card('Twice By Mistake')).toHaveCount(1);
  await drawer.getByRole('button', { name: 'Delete deal…' }).click();
  await expect(asked.getByRole('button', { name: 'Delete the deal' })).toBeFocused();
  await seen.page.keyboard.press('Enter');
  await expect(seen.page.locator('dialog[open]')).toHaveCount(0);
  await expect(seen.toast('Deal deleted')).toBeVisible();

  for (const one of [seen, other]) {
    await expect(one.card('Twice By Mistake')).toHaveCount(0);
    await one.expectHead('New order', 1, '₴50');
    await expect(one.card('Stays Here')).toHaveCount(1);
  }
  await expect(theirs.getByRole('alert').filter({ hasText: 'This deal was deleted.' })).toBeVisible();
  await expect(theirs.locator('#deal-comment'), 'what was typed can still be copied').toHaveValue('half a sentence');
  await seen.reload();
  await seen.expectHead('New order', 1, '₴50');
});

test('a manager is not offered to delete', async ({ shop, board }) => {
  await shop.person('manager@shop.ua', 'Mark Manager', 'manager', [shop.storefront.name]);
  await shop.order(1, { name: 'Not Mine To Delete' });
  const seen = await board({ email: 'manager@shop.ua' });
  await seen.card('Not Mine To Delete').click();
  const drawer = seen.page.getByRole('dialog', { name: 'Deal' });
  await expect(drawer.locator('.history')).toContainText('came in');
  await expect(drawer.getByRole('button', { name: 'Delete deal…' })).toHaveCount(0);
});

test('unsaved changes are not lost without asking', async ({ shop, board }) => {
  await shop.order(1, { name: 'Half Typed' });
  const seen = await board();
  await seen.card('Half Typed').click();
  const drawer = seen.page.getByRole('dialog', { name: 'Deal' });
  await drawer.locator('#deal-comment').fill('half a sentence');
  await seen.page.keyboard.press('Escape');
  await expect(drawer.getByRole('alert').filter({ hasText: 'Close and lose what you typed?' })).toBeVisible();
  await drawer.getByRole('button', { name: 'Go back' }).click();
  await expect(drawer.locator('#deal-comment')).toHaveValue('half a sentence');
  await drawer.getByRole('button', { name: 'Close', exact: true }).click();
  await drawer.getByRole('button', { name: 'Close without saving' }).click();
  await expect(seen.page.locator('dialog[open]')).toHaveCount(0);
  await seen.card('Half Typed').click();
  await expect(drawer.locator('#deal-comment')).toHaveValue('');
  await seen.page.keyboard.press('Escape');
  await expect(seen.page.locator('dialog[open]')).toHaveCount(0);
});

test('two people edit one deal: the second is told, keeps their text, and may save in sight of it', async ({ shop, board, complaints }) => {
  complaints.expectRefusal();
  await shop.order(1, { name: 'Both At Once' });
  const [one, other] = await Promise.all([board(), board()]);
  const [mine, theirs] = [one, other].map((seen) => seen.page.getByRole('dialog', { name: 'Deal' }));
  await one.card('Both At Once').click();
  await other.card('Both At Once').click();
  await theirs.locator('#deal-comment').fill('theirs, later');
  await mine.locator('#deal-comment').fill('mine, first');
  await mine.getByRole('button', { name: 'Save' }).click();
  await expect(one.toast('Deal saved')).toBeVisible();
  await theirs.getByRole('button', { name: 'Save' }).click();
  await expect(theirs.getByText('The deal was changed while you were editing.')).toBeVisible();
  await expect(theirs.locator('#deal-comment')).toHaveValue('theirs, later');
  await theirs.getByRole('button', { name: 'Save' }).click();
  await expect(other.toast('Deal saved')).toBeVisible();
  await one.reload();
  await one.card('Both At Once').click();
  await expect(mine.locator('#deal-comment')).toHaveValue('theirs, later');
});

test('what customers write stays text', async ({ shop, board }) => {
  const evil = '<img src=x onerror=alert(1)><b>bold</b>';
  await shop.order(1, { name: evil, note: '</script><script>alert(2)</script>', lines: [{ name: '"><svg onload=alert(3)>', quantity: 1, total: '1.00' }], total: '1.00' });
  const seen = await board();
  await expect(seen.page.locator('[data-card-id] .customer')).toHaveText(evil);
  await seen.page.locator('[data-card-id]').first().click();
  await expect(seen.page.locator('blockquote')).toContainText('<script>alert(2)</script>');
  expect(await seen.page.locator('.deal img, .deal svg[onload], dialog b').count()).toBe(0);
});

test('a viewer reads everything and changes nothing', async ({ shop, board }) => {
  await shop.person('viewer@shop.ua', 'Vira Viewer', 'viewer', [shop.storefront.name]);
  await shop.order(1, { name: 'Only Read' });
  const seen = await board({ email: 'viewer@shop.ua' });
  await expect(seen.page.getByRole('button', { name: 'New deal' })).toHaveCount(0);
  await expect(seen.card('Only Read').getByRole('button', { name: 'Move to…' })).toHaveCount(0);
  const box = (await seen.card('Only Read').boundingBox())!;
  await seen.page.mouse.move(box.x + 30, box.y + 20);
  await seen.page.mouse.down();
  await seen.page.mouse.move(box.x + 400, box.y + 60, { steps: 6 });
  await expect(seen.page.locator('.carried')).toHaveCount(0);
  await seen.page.mouse.up();
  await seen.card('Only Read').click();
  const drawer = seen.page.getByRole('dialog', { name: 'Deal' });
  await expect(drawer.locator('#deal-name')).toBeDisabled();
  await expect(drawer.getByRole('button', { name: 'Save' })).toHaveCount(0);
});
