import { awake, expect, test } from './fixtures';
import { hookHeaders, wooOrder } from './support/orders';
import { record, waiting } from './support/settings';

const BROKEN = '{"id": 77, "status": "processing", "currency": "hryvnia"}';

const LANGUAGES = [
  { locale: 'uk-UA', reason: 'currency: має бути код валюти з трьох літер, як-от UAH, а тут «hryvnia»', again: 'Обробити повторно', still: 'І цього разу не вдалося' },
  { locale: 'en-GB', reason: 'currency: expected a currency\'s code of three letters, such as UAH, got “hryvnia”', again: 'Process again', still: 'Not this time either' },
  { locale: 'ru-RU', reason: 'currency: должен быть код валюты из трёх букв, например UAH, а здесь «hryvnia»', again: 'Обработать повторно', still: 'И на этот раз не удалось' },
];

for (const { locale, reason, again, still } of LANGUAGES) {
  test(`why a delivery was not understood is told in the reader’s language: ${locale}`, async ({ shop, person }) => {
    await shop.hook(BROKEN);
    const page = await person({ locale });
    await page.goto('/settings/intake');
    const kept = waiting(page).filter({ hasText: 'order.created' });
    await expect(kept).toContainText(reason);
    const replay = kept.getByRole('button', { name: again });
    await awake(replay);
    await replay.click();
    await expect(page.locator('.toast')).toContainText(`${still}`);
    await expect(page.locator('.toast')).toContainText(reason);
  });
}

test('what nobody needs is dismissed after asking, and its line stays in the record', async ({ shop, person }) => {
  await shop.hook(BROKEN);
  const page = await person();
  await page.goto('/settings/intake');
  const kept = waiting(page).filter({ hasText: 'order.created' });
  const dismiss = kept.getByRole('button', { name: 'Dismiss' });
  await awake(dismiss);
  await dismiss.click();
  const dialog = page.getByRole('dialog', { name: 'Dismiss this delivery?' });
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(kept).toBeVisible();
  await dismiss.click();
  await dialog.getByRole('button', { name: 'Dismiss' }).click();
  await expect(page.locator('.toast')).toContainText('Dismissed');
  await expect(kept).toHaveCount(0);
  await page.reload();
  await expect(page.getByText('Everything that came in was understood')).toBeVisible();
  await expect(record(page)).toHaveCount(1);
  await expect(record(page)).toContainText('not understood');
});

test('the record says what came of each delivery, finds by what and where, and leads to the deal', async ({ shop, person }) => {
  const tea = await shop.addStorefront('Tea shop');
  const body = JSON.stringify(wooOrder(5, { name: 'Early Bird' }));
  await shop.hook(body);
  await shop.hook(body, 'order.updated');
  await shop.hook('{}', 'product.updated');
  await shop.hook(BROKEN, 'order.created', tea);
  const page = await person();
  await page.goto('/settings/intake');
  await expect(record(page)).toHaveText([/Tea shop.*not understood/, /product\.updated.*none of our business/, /order\.updated.*nothing new/, /order\.created.*taken in/]);
  const outcome = page.locator('#record-outcome');
  await awake(outcome);
  await outcome.selectOption('unchanged');
  await expect(record(page)).toHaveCount(1);
  await expect(record(page)).toContainText('order.updated');
  await page.locator('#record-storefront').selectOption({ label: 'Tea shop' });
  await expect(page.getByText('There are no such deliveries')).toBeVisible();
  await outcome.selectOption('');
  await expect(record(page)).toHaveCount(1);
  await expect(record(page)).toContainText('not understood');
  await page.locator('#record-storefront').selectOption({ label: 'Coffee shop' });
  await expect(record(page)).toHaveCount(3);

  await record(page).last().getByRole('link', { name: 'Order no. 5' }).click();
  const drawer = page.getByRole('dialog');
  await expect(drawer.locator('#deal-name')).toHaveValue('Early Bird');
  await expect(page).toHaveURL(new RegExp(`${shop.board}$`));
});

test('older lines come by the page', async ({ shop, person }) => {
  await shop.orders(53);
  const page = await person();
  await page.goto('/settings/intake');
  await expect(record(page)).toHaveCount(50);
  const older = page.getByRole('button', { name: 'Show older' });
  await awake(older);
  await older.click();
  await expect(record(page)).toHaveCount(53);
  await expect(older).toHaveCount(0);
});

test('a mistyped secret shows: how many, by which door, when', async ({ shop, person }) => {
  const body = JSON.stringify(wooOrder(6));
  for (let n = 0; n < 2; n++) {
    const answer = await fetch(`${shop.url}/hooks/woocommerce/${shop.storefront.hookKey}`, {
      method: 'POST', body, headers: hookHeaders(body, 'a mistyped secret'),
    });
    expect(answer.status).toBe(401);
  }
  const page = await person();
  await page.goto('/settings/intake');
  const wrong = page.getByRole('region', { name: 'The signature does not match' });
  await expect(wrong).toContainText('Coffee shop · WooCommerce');
  await expect(wrong).toContainText('2 deliveries with a wrong signature');
  await expect(wrong).toContainText(/last at .*\d\d:\d\d/);
  await expect(page.getByText('Nothing has come in yet')).toBeVisible();
});
