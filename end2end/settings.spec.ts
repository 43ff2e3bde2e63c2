import { awake, Board, expect, test } from './fixtures';
import { wooOrder } from './support/orders';
import { makeFunnel, waiting } from './support/settings';
import { live } from './support/shop';

test('a funnel from a preset: previewed, created, on the board', async ({ person }) => {
  const page = await person();
  await page.goto('/settings/funnels');
  const form = page.locator('form').filter({ has: page.locator('#funnel-preset') });
  await awake(form);
  await form.locator('#funnel-preset').selectOption('marketing');
  await expect(form.locator('#funnel-name')).toHaveValue('Marketing');
  for (const stage of ['Awareness', 'Interest', 'Desire', 'Action', 'Loyalty', 'Advocacy', 'Lost']) {
    await expect(form.locator('.preview')).toContainText(stage);
  }
  await form.locator('#funnel-name').fill('Autumn campaign');
  await form.getByRole('button', { name: 'Create the funnel' }).click();
  await expect(page).toHaveURL(/\/settings\/funnels\/\d+$/);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Autumn campaign');
  await page.getByRole('main').getByRole('link', { name: 'To the board' }).click();
  await live(page);
  const seen = new Board(page);
  for (const stage of ['Awareness', 'Desire', 'Advocacy', 'Lost']) await expect(seen.column(stage)).toBeAttached();
});

test('a stage renamed, recoloured, reordered and added is seen live on an open board', async ({ shop, person, board }) => {
  const { deal } = await shop.order(1, { name: 'Stays Put' });
  await shop.move(deal, 'Processing');
  const seen = await board();
  const page = await person();
  await page.goto(`/settings/funnels/${shop.storefront.funnel}`);
  const edit = page.getByRole('button', { name: 'Edit “Processing”' });
  await awake(edit);
  await edit.click();
  const form = page.locator('li.stage form');
  await form.getByLabel('Name of the stage').fill('Packing');
  await form.locator('label.colour', { hasText: 'Orange' }).click();
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(seen.column('Packing')).toHaveClass(/\bc-orange\b/);
  await expect(seen.cardOn('Packing', 'Stays Put')).toBeVisible();
  await expect(seen.column('Processing')).toHaveCount(0);

  const order = () => seen.page.locator('section.column').evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')));
  await page.getByRole('button', { name: 'Move “Packing” up' }).click();
  await expect.poll(order).toEqual(['New order', 'Packing', 'Confirmation', 'Shipped', 'Paid', 'Cancelled']);

  const add = page.locator('form').filter({ has: page.locator('#stage-new-place') });
  await add.getByLabel('Name of the stage').fill('Gift wrapping');
  await add.getByLabel('Place').selectOption({ label: 'After “Packing”' });
  await add.getByRole('button', { name: 'Add a stage' }).click();
  await expect.poll(order).toEqual(['New order', 'Packing', 'Gift wrapping', 'Confirmation', 'Shipped', 'Paid', 'Cancelled']);
  await expect(seen.cardOn('Packing', 'Stays Put')).toBeVisible();
  await seen.drag('Stays Put', 'Gift wrapping');
  await expect(seen.cardOn('Gift wrapping', 'Stays Put')).toBeVisible();
});

test('a stage with deals asks where they go, and the board follows', async ({ shop, person, board }) => {
  for (const n of [1, 2]) {
    const { deal } = await shop.order(n, { name: `Homeless ${n}`, total: '100.00' });
    await shop.move(deal, 'Shipped');
  }
  const seen = await board();
  await seen.expectHead('Shipped', 2, '₴200');
  const page = await person();
  await page.goto(`/settings/funnels/${shop.storefront.funnel}`);
  const remove = page.getByRole('button', { name: 'Remove “Shipped”' });
  await awake(remove);
  await remove.click();
  const dialog = page.getByRole('dialog', { name: 'Remove the stage “Shipped”?' });
  await expect(dialog).toContainText('It has 2 deals. Where do they go?');
  await expect(dialog.getByRole('button', { name: 'Remove' })).toBeDisabled();
  await dialog.getByLabel('Move them to').selectOption({ label: 'Confirmation' });
  await dialog.getByRole('button', { name: 'Remove' }).click();
  await expect(page.locator('li.stage').filter({ hasText: 'Shipped' })).toHaveCount(0);
  await expect(seen.column('Shipped')).toHaveCount(0);
  await seen.expectHead('Confirmation', 2, '₴200');
  await seen.reload();
  await seen.expectHead('Confirmation', 2, '₴200');
});

test('somebody invited by a link joins, and somebody removed is out at once', async ({ shop, person, visitor, complaints }) => {
  complaints.expectLostConnection();
  complaints.expectRefusal();
  const page = await person();
  await page.goto('/settings/team');
  const form = page.locator('form').filter({ has: page.locator('#invite-email') });
  await awake(form);
  await form.locator('#invite-name').fill('Nadia New');
  await form.locator('#invite-email').fill('nadia@shop.ua');
  await form.getByRole('button', { name: 'Invite' }).click();
  const link = await page.locator('#invite-link').inputValue();
  await expect(page.locator('li.member').filter({ hasText: 'Nadia New' })).toContainText('invited, not signed in yet');

  const hers = await visitor();
  await hers.goto(new URL(link).pathname);
  await hers.locator('#password').fill('a long phrase of words');
  await hers.locator('button[type=submit]').click();
  await expect(hers).toHaveURL(new RegExp(`${shop.board}$`));
  await live(hers);

  await page.reload();
  const member = page.locator('li.member').filter({ hasText: 'Nadia New' });
  await expect(member).not.toContainText('invited, not signed in yet');
  const edit = member.getByRole('button', { name: 'Edit Nadia New' });
  await awake(edit);
  await edit.click();
  await member.getByRole('button', { name: 'Remove from the team' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove from the team' }).click();
  await expect(member).toHaveCount(0);
  await expect(hers).toHaveURL(/\/sign-in/, { timeout: 10_000 });
});

test('a delivery that could not be read is kept with its reason, and a second try says why again', async ({ shop, person }) => {
  await shop.hook('{"id": 77, "status": "processing", "currency": "hryvnia"}');
  const page = await person();
  await page.goto('/settings/intake');
  const kept = waiting(page).filter({ hasText: 'order.created' });
  await expect(kept).toContainText('currency: expected a currency');
  const replay = kept.getByRole('button', { name: 'Process again' });
  await awake(replay);
  await kept.getByText('What came').click();
  await expect(kept.locator('pre')).toContainText('"currency": "hryvnia"');
  await replay.click();
  await expect(page.locator('.toast')).toContainText('Not this time either');
  await expect(kept).toBeVisible();
});

test('an order that found no funnel is understood once there is one, and stands on its board', async ({ shop, person }) => {
  const tea = await shop.addStorefront('Tea shop', { preset: 'none' });
  const body = JSON.stringify(wooOrder(88, { name: 'Early Bird', total: '640.00' }));
  expect(await shop.hook(body, 'order.created', tea)).toEqual({ status: 'kept' });
  const page = await person();
  await page.goto('/settings/intake');
  const kept = waiting(page).filter({ hasText: 'Tea shop · WooCommerce · order.created' });
  await expect(kept).toContainText('there is no funnel for this storefront');

  const board = await makeFunnel(page, { name: 'Tea orders', storefront: 'Tea shop' });
  await page.goto('/settings/intake');
  const replay = kept.getByRole('button', { name: 'Process again' });
  await awake(replay);
  await replay.click();
  await expect(page.locator('.toast')).toContainText('Understood');
  await expect(kept).toHaveCount(0);
  await expect(page.getByText('Everything that came in was understood')).toBeVisible();
  await page.reload();
  await expect(page.getByText('Everything that came in was understood')).toBeVisible();

  const seen = await new Board(page).open(board);
  await expect(seen.cardOn('New order', 'Early Bird')).toBeVisible();
  // The shop may send it once more: it is known by now.
  expect(await shop.hook(body, 'order.created', tea)).toMatchObject({ status: 'unchanged' });
  await seen.expectHead('New order', 1, '₴640');
});

test('reasons for losing: added in the settings, asked for on the board', async ({ shop, person, board }) => {
  await shop.order(1, { name: 'Will Be Lost' });
  const page = await person();
  await page.goto('/settings/lost-reasons');
  const form = page.locator('form').last();
  await awake(form);
  await form.getByRole('textbox').fill('Bought a samovar instead');
  await form.getByRole('button').first().click();
  await expect(page.getByText('Bought a samovar instead').first()).toBeVisible();
  const seen = await board();
  await seen.drag('Will Be Lost', 'Cancelled');
  await seen.page.getByRole('dialog').getByRole('button', { name: 'Bought a samovar instead' }).click();
  await expect(seen.cardOn('Cancelled', 'Will Be Lost')).toBeVisible();
});

test('a new storefront shows where its shop must post, and its secret once', async ({ person }) => {
  const page = await person();
  await page.goto('/settings/storefronts');
  await expect(page.getByRole('main')).toContainText('Coffee shop');
  await expect(page.locator('input[value*="/hooks/woocommerce/"]').first()).toBeVisible();
  const secret = page.getByRole('button', { name: /New secret/ }).first();
  await awake(secret);
  await secret.click();
  const dialog = page.locator('dialog[open]');
  await dialog.getByRole('button', { name: 'New secret' }).click();
  await expect(page.getByText('The secret is shown once. Save it in the shop now.')).toBeVisible();
});

test('one’s own language, theme and density stay; signing out ends the session', async ({ shop, person }) => {
  const page = await person();
  await page.goto('/settings');
  const form = page.locator('form').filter({ has: page.locator('#lang') });
  await awake(form);
  await form.locator('#lang').selectOption('uk');
  await form.locator('#theme').selectOption('dark');
  await form.locator('#density').selectOption('compact');
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'uk');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.goto(shop.board);
  await expect(page.locator('.board')).toHaveAttribute('data-density', 'compact');
  await page.goto('/settings');
  await page.getByRole('button', { name: 'Вийти', exact: true }).click();
  await expect(page).toHaveURL(/\/sign-in/);
  await page.goto(shop.board);
  await expect(page).toHaveURL(/\/sign-in/);
});

test('a manager sees no settings but their own', async ({ shop, person, complaints }) => {
  complaints.expectRefusal();
  await shop.person('mila@shop.ua', 'Mila', 'manager', [shop.storefront.name]);
  const page = await person({ email: 'mila@shop.ua' });
  await page.goto('/settings');
  await expect(page.getByRole('navigation', { name: 'Settings' }).getByRole('link')).toHaveText(['My profile']);
  for (const path of ['funnels', 'statuses', 'team', 'storefronts', 'carriers', 'screens', 'import', 'webhooks', 'intake', 'lost-reasons']) {
    await page.goto(`/settings/${path}`);
    await expect(page.getByText('Your role does not allow this.').first()).toBeVisible();
    await expect(page.getByRole('main').locator('form')).toHaveCount(0);
  }
});
