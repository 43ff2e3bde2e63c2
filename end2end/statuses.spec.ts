import type { Locator, Page } from '@playwright/test';
import { awake, expect, test } from './fixtures';
import { audit } from './support/audit';
import type { Shop, Storefront } from './support/shop';

interface Status {
  id: number;
  name: string;
  kind: string;
}

async function statuses(shop: Shop, storefront: Storefront = shop.storefront): Promise<Status[]> {
  const answer = await shop.api<{ statuses: Status[] }>(`/statuses?storefront=${storefront.id}`);
  return answer.statuses;
}

/** The names are in the language of whoever made the storefront. */
async function named(shop: Shop, kind: string): Promise<Status> {
  const found = (await statuses(shop)).find((status) => status.kind === kind);
  expect(found, `a status that means ${kind}`).toBeTruthy();
  return found!;
}

async function statusOf(shop: Shop, order: number): Promise<string> {
  const { status } = await shop.api<{ status: Status }>(`/orders/${order}`);
  return status.name;
}

function line(page: Page, name: string): Locator {
  return page.locator('[data-status-id]').filter({ has: page.locator('.settings-name', { hasText: name }) });
}

async function open(page: Page, path = '/settings/statuses'): Promise<void> {
  await page.goto(path);
  await awake(page.locator('form').filter({ has: page.locator('#status-new-name') }));
}

async function openBond(page: Page, shop: Shop): Promise<void> {
  await page.goto(`/settings/funnels/${shop.storefront.funnel}?tab=bond`);
  await awake(page.getByRole('button', { name: 'Suggest' }));
}

function chosen(select: Locator): Promise<string> {
  return select.evaluate((one) => (one as HTMLSelectElement).selectedOptions[0].text);
}

test('a status is added, renamed and told to customers in other words', async ({ shop, person }) => {
  const page = await person();
  await open(page);
  const add = page.locator('form').filter({ has: page.locator('#status-new-name') });
  await add.getByLabel('Name of the status').fill('Gift wrapping');
  await add.getByLabel('What it means').selectOption('packed');
  await expect(add.getByLabel('Name for the customer')).toHaveValue('Packed');
  await add.getByLabel('What it means').selectOption('delayed');
  await expect(add).toContainText('A change to it asks: why it is delayed and until which day.');
  await add.getByLabel('What it means').selectOption('packed');
  await add.getByRole('button', { name: 'Add a status' }).click();
  await expect(line(page, 'Gift wrapping')).toContainText('customers see “Packed”');
  await expect(line(page, 'Gift wrapping')).toContainText('nothing leads here yet');

  await page.getByRole('button', { name: 'Edit “Gift wrapping”' }).click();
  const form = page.locator('li.stage form');
  await form.getByLabel('Name of the status').fill('In gift paper');
  await form.getByLabel('Name for the customer').fill('Wrapped');
  await form.locator('label.colour', { hasText: 'Orange' }).click();
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(form).toHaveCount(0);
  await expect(line(page, 'In gift paper').locator('.swatch')).toHaveClass(/\bc-orange\b/);
  await page.reload();
  await expect(line(page, 'In gift paper')).toContainText('customers see “Wrapped”');
  expect((await statuses(shop)).map((status) => status.name)).toContain('In gift paper');
});

test('a name that is taken is refused beside the form, which keeps what was typed', async ({ shop, person, complaints }) => {
  complaints.expectRefusal();
  const page = await person();
  const before = await statuses(shop);
  await open(page);
  const add = page.locator('form').filter({ has: page.locator('#status-new-name') });
  await add.getByLabel('Name of the status').fill(before[0].name);
  await add.getByRole('button', { name: 'Add a status' }).click();
  await expect(add.getByRole('alert')).toContainText('That name or address is taken.');
  await expect(add.getByLabel('Name of the status')).toHaveValue(before[0].name);
  expect(await statuses(shop)).toEqual(before);
});

test('the order is changed by keyboard and by mouse, and stays', async ({ shop, person }) => {
  const page = await person();
  await open(page);
  const order = async () => (await statuses(shop)).map((status) => status.name);
  const [first, second, third, ...rest] = await order();
  await page.getByRole('button', { name: `Edit “${third}”` }).focus();
  await page.keyboard.press('Alt+ArrowUp');
  await expect.poll(order).toEqual([first, third, second, ...rest]);
  await page.keyboard.press('Alt+ArrowUp');
  await expect.poll(order).toEqual([third, first, second, ...rest]);
  await page.getByRole('button', { name: `Move “${third}” down` }).click();
  await expect.poll(order).toEqual([first, third, second, ...rest]);
  await line(page, second).locator('.stage-line').dragTo(line(page, first));
  await expect.poll(order).toEqual([second, first, third, ...rest]);
  await page.reload();
  await expect(page.locator('[data-status-id] .settings-name')).toHaveText([second, first, third, ...rest]);
});

test('a status with orders in it asks where they go before it is retired', async ({ shop, person, complaints }) => {
  complaints.expectRefusal();
  const { order } = await shop.order(1, { name: 'Still Waiting' });
  const name = await statusOf(shop, order);
  const to = await named(shop, 'processing');
  const page = await person();
  await open(page);
  const retire = page.getByRole('button', { name: `Retire “${name}”` });
  await retire.click();
  const dialog = page.getByRole('dialog', { name: `Retire the status “${name}”?` });
  await dialog.getByRole('button', { name: 'Retire' }).click();
  await expect(dialog).toContainText('It holds 1 order now. Where do they go?');
  await expect(dialog.getByRole('button', { name: 'Retire' })).toBeDisabled();
  expect(await statusOf(shop, order)).toBe(name);
  await dialog.getByLabel('Move them to').selectOption({ label: to.name });
  await dialog.getByRole('button', { name: 'Retire' }).click();
  await expect(page.locator('.toast')).toContainText(`Status “${name}” retired`);
  await expect(retire).toHaveCount(0);
  expect(await statusOf(shop, order)).toBe(to.name);
  expect((await statuses(shop)).map((status) => status.name)).not.toContain(name);
});

test('a ready set is seen before it is taken', async ({ shop, person }) => {
  const page = await person();
  await open(page);
  await page.getByLabel('Simple: 8 statuses').check();
  const preview = page.getByRole('list', { name: 'Statuses you will have' });
  await expect(preview.getByRole('listitem')).toHaveCount(8);
  await expect(preview).toContainText('Confirmed');
  const before = await statuses(shop);
  await page.getByRole('button', { name: 'Take the set' }).click();
  const dialog = page.getByRole('dialog', { name: 'Take this set?' });
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  expect(await statuses(shop)).toEqual(before);
  await page.getByRole('button', { name: 'Take the set' }).click();
  await dialog.getByRole('button', { name: 'Take the set' }).click();
  await expect(line(page, 'Confirmed')).toBeVisible();
  expect((await statuses(shop)).slice(0, 3).map((status) => status.name)).toEqual(['Received', 'In progress', 'Confirmed']);
});

test('scenarios: a ready one brings its statuses, one’s own has steps in order, one is removed', async ({ shop, person }) => {
  const page = await person();
  await open(page);
  const [first, second] = await statuses(shop);
  const list = page.locator('section[aria-labelledby="scenarios"]');
  // A storefront begins with all three.
  await awake(list.getByRole('button', { name: 'Remove the scenario “Prepaid”' }));
  await list.getByRole('button', { name: 'Remove the scenario “Prepaid”' }).click();
  await page.getByRole('dialog', { name: 'Remove the scenario “Prepaid”?' }).getByRole('button', { name: 'Remove' }).click();
  await list.getByRole('button', { name: 'Add “Prepaid”' }).click();
  await expect(list.locator('.scenario').filter({ hasText: 'Prepaid' }).first()).toBeVisible();
  await expect(list.getByRole('button', { name: 'Add “Prepaid”' })).toHaveCount(0);

  await list.getByText('Add a scenario').first().click();
  const form = list.locator('form').filter({ has: page.locator('#scenario-new-name') });
  await form.getByLabel('Name of the scenario').fill('By courier');
  for (const step of [first, second]) {
    await form.getByLabel('Add a step').selectOption({ label: step.name });
    await form.getByRole('button', { name: 'Add', exact: true }).click();
  }
  await form.getByRole('button', { name: `Step “${second.name}” earlier` }).click();
  await form.getByRole('button', { name: 'Add a scenario' }).click();
  const own = list.locator('.scenario').filter({ hasText: 'By courier' });
  await expect(own).toContainText(`${second.name} → ${first.name}`);
  await expect(own).toContainText('By hand only');
  await page.reload();
  await awake(list.getByRole('button', { name: 'Remove the scenario “By courier”' }));
  await list.getByRole('button', { name: 'Remove the scenario “By courier”' }).click();
  await page.getByRole('dialog', { name: 'Remove the scenario “By courier”?' }).getByRole('button', { name: 'Remove' }).click();
  await expect(own).toHaveCount(0);
});

test('limits are hours, and what is none is refused with what was typed', async ({ person }) => {
  const page = await person();
  await open(page);
  const form = page.locator('section[aria-labelledby="limits"] form');
  const stuck = form.getByLabel('In the same status, hours');
  await expect(stuck).toHaveValue('72');
  for (const wrong of ['0', 'soon', '', '99999']) {
    await stuck.fill(wrong);
    await form.getByRole('button', { name: 'Save' }).click();
    await expect(form.getByRole('alert')).toContainText('Give hours: from 1 to 87,600.');
    await expect(stuck).toHaveValue(wrong);
  }
  await stuck.fill('5');
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(page.locator('.toast')).toContainText('Saved');
  await expect(form.getByRole('alert')).toBeHidden();
  await page.reload();
  await expect(stuck).toHaveValue('5');
});

test('each storefront has its own statuses', async ({ shop, person }) => {
  const tea = await shop.addStorefront('Tea shop');
  const page = await person();
  await open(page);
  await page.getByLabel('Storefront', { exact: true }).selectOption({ label: 'Tea shop' });
  await expect(page).toHaveURL(new RegExp(`storefront=${tea.id}$`));
  const own = await statuses(shop, tea);
  await expect(page.locator(`[data-status-id="${own[0].id}"]`)).toBeVisible();
  const add = page.locator('form').filter({ has: page.locator('#status-new-name') });
  await add.getByLabel('Name of the status').fill('Steeping');
  await add.getByRole('button', { name: 'Add a status' }).click();
  await expect(line(page, 'Steeping')).toBeVisible();
  expect((await statuses(shop, tea)).map((status) => status.name)).toContain('Steeping');
  expect((await statuses(shop)).map((status) => status.name)).not.toContain('Steeping');
});

test('a bond is suggested and saved, and a new status takes the card along @both', async ({ shop, person, board }) => {
  const { order } = await shop.order(1, { name: 'Goes Along' });
  const page = await person();
  await openBond(page, shop);
  await page.getByRole('button', { name: 'Suggest' }).click();
  await expect(page.getByText('There are no contradictions.')).toBeVisible();
  await expect(page.getByText('There are unsaved changes.')).toBeVisible();
  const processing = await named(shop, 'processing');
  const select = page.getByLabel(`Stage for the status “${processing.name}”`);
  const stage = await chosen(select);
  expect((await shop.stages()).map((one) => one.name)).toContain(stage);
  expect(await page.locator('.bond-picture svg path.bond-line').count()).toBeGreaterThan(10);
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.locator('.toast')).toContainText('The link is saved');
  await page.reload();
  expect(await chosen(select)).toBe(stage);

  const seen = await board();
  await expect(seen.cardOn(stage, 'Goes Along')).toHaveCount(0);
  await shop.api(`/orders/${order}/status`, { to: processing.id });
  await expect(seen.cardOn(stage, 'Goes Along')).toBeVisible();
});

test('a bond that contradicts itself says so and can’t be saved', async ({ shop, person }) => {
  const page = await person();
  await openBond(page, shop);
  const [one, other] = await shop.stages();
  const { name } = await named(shop, 'processing');
  const save = page.getByRole('button', { name: 'Save' });
  await page.getByLabel(`Stage for the status “${name}”`).selectOption({ label: one.name });
  const back = page.getByLabel(`Status for the stage “${other.name}”`);
  await back.selectOption({ label: name });
  const words = `A contradiction: the stage “${other.name}” leads to the status “${name}”, and that leads to the stage “${one.name}”.`;
  await expect(page.getByText(words)).toBeVisible();
  await expect(back).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByText("1 contradiction: the link can't be saved")).toBeVisible();
  await expect(save).toBeDisabled();
  await expect(page.locator('.bond-picture svg g.wrong')).toHaveCount(2);

  const asking = await named(shop, 'shipped');
  await back.selectOption({ label: asking.name });
  await expect(page.getByText("will ask: the carrier and the parcel's number")).toBeVisible();
  await expect(save).toBeEnabled();
  await page.getByRole('button', { name: 'Clear' }).click();
  await expect(page.getByText('There are no lines yet.')).toBeVisible();
  expect(await chosen(back)).toBe('— nothing —');
});

test('the parts of a funnel’s page are tabs with arrows and addresses', async ({ shop, person }) => {
  const page = await person();
  await page.goto(`/settings/funnels/${shop.storefront.funnel}`);
  await awake(page.getByRole('button', { name: 'Edit “New order”' }));
  const tab = (name: string) => page.getByRole('tab', { name, exact: true });
  await expect(tab('Stages')).toHaveAttribute('aria-selected', 'true');
  await tab('Stages').focus();
  await page.keyboard.press('ArrowRight');
  await expect(page).toHaveURL(/\?tab=bond$/);
  await expect(tab('Statuses and stages')).toBeFocused();
  await expect(page.getByRole('tabpanel', { name: 'Statuses and stages' })).toBeVisible();
  await page.keyboard.press('End');
  await expect(page).toHaveURL(/\?tab=deals$/);
  await page.keyboard.press('ArrowRight');
  await expect(tab('Stages')).toBeFocused();
  await tab('Automatic deals').click();
  await page.reload();
  await expect(tab('Automatic deals')).toHaveAttribute('aria-selected', 'true');
  await expect(page.getByRole('switch')).toHaveCount(1);
});

test('automatic deals are switched off and on for a storefront', async ({ shop, person }) => {
  const page = await person();
  await page.goto(`/settings/funnels/${shop.storefront.funnel}?tab=deals`);
  const sw = page.getByRole('switch', { name: 'New orders of “Coffee shop” become deals' });
  await awake(sw);
  await expect(sw).toBeChecked();
  await expect(page.getByText('They appear on this funnel.')).toBeVisible();
  await sw.uncheck();
  await expect(page.getByText('New orders stay without deals.')).toBeVisible();
  await expect(page.locator('.toast')).toContainText('Orders of “Coffee shop” become deals no more');
  expect((await shop.order(1)).deal ?? null).toBeNull();
  await sw.check();
  await expect(page.locator('.toast').last()).toContainText('Orders of “Coffee shop” become deals from now on');
  expect((await shop.order(2)).deal).toBeGreaterThan(0);
  await page.reload();
  await expect(sw).toBeChecked();
});

test('a manager sees none of it', async ({ shop, person, complaints }) => {
  complaints.expectRefusal();
  await shop.person('mila@shop.ua', 'Mila', 'manager', [shop.storefront.name]);
  const page = await person({ email: 'mila@shop.ua' });
  const funnel = `/settings/funnels/${shop.storefront.funnel}`;
  for (const path of ['/settings/statuses', `${funnel}?tab=bond`, `${funnel}?tab=deals`]) {
    await page.goto(path);
    await expect(page.getByText('Your role does not allow this.').first()).toBeVisible();
    await expect(page.getByRole('main').locator('form, select, [role=switch], .bond-picture')).toHaveCount(0);
  }
});

test('without a storefront there is nothing to set up', async ({ shop, person }) => {
  await shop.person('head@shop.ua', 'Hanna Head', 'head', []);
  const page = await person({ email: 'head@shop.ua' });
  await page.goto('/settings/statuses');
  await expect(page.getByRole('main').locator('.empty')).toContainText('Add a storefront first');
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`in ${colorScheme} and on a phone it is for everybody`, async ({ shop, person }) => {
    const page = await person({ colorScheme });
    await open(page);
    await page.getByRole('button', { name: /^Edit “/ }).first().click();
    await page.getByText('Add a scenario').first().click();
    await audit(page, 'statuses with an open form');
    await openBond(page, shop);
    await page.getByRole('button', { name: 'Suggest' }).click();
    await audit(page, 'the bond');
    await page.goto(`/settings/funnels/${shop.storefront.funnel}?tab=deals`);
    await expect(page.getByRole('switch')).toBeVisible();
    await audit(page, 'automatic deals');

    const phone = await person({ colorScheme, viewport: { width: 390, height: 844 } });
    const fits = async () => expect(await phone.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await open(phone);
    await phone.getByRole('button', { name: /^Edit “/ }).first().click();
    await fits();
    await openBond(phone, shop);
    await phone.getByRole('button', { name: 'Suggest' }).click();
    await expect(phone.locator('.bond-picture svg')).toBeHidden();
    await expect(phone.locator('.bond-picture li').first()).toContainText('→');
    await fits();
    await audit(phone, 'the bond at 390 px');
  });
}
