import { Board, expect, test } from './fixtures';

const CYRILLIC = /[\u0400-\u04ff]/;
const UKRAINIAN_ONLY = /[іїєґ]/i;
const RUSSIAN_ONLY = /[ыэъё]/i;

const WORDS = {
  uk: { title: 'Вхід до Воронки', newDeal: 'Нова угода', live: 'Наживо', empty: 'Тут поки порожньо', sum: '1\u00a0234,50\u00a0₴' },
  en: { title: 'Sign in to Voronka', newDeal: 'New deal', live: 'Live', empty: 'Nothing here yet', sum: '₴1,234.50' },
  ru: { title: 'Вход в Воронку', newDeal: 'Новая сделка', live: 'Вживую', empty: 'Здесь пока пусто', sum: '1\u00a0234,50\u00a0₴' },
} as const;
const LOCALES = { uk: 'uk-UA', en: 'en-GB', ru: 'ru-RU' } as const;

for (const lang of ['uk', 'en', 'ru'] as const) {
  test.describe(`in ${lang}`, () => {
    test.use({ furnished: lang });

    test(`the door and the board speak ${lang}, chosen by the browser, and nothing else`, async ({ shop, visitor, person }) => {
      const words = WORDS[lang];
      const locale = LOCALES[lang];
      const door = await visitor({ locale });
      await door.goto('/sign-in');
      await expect(door.locator('html')).toHaveAttribute('lang', lang);
      await expect(door.getByRole('heading', { level: 1 })).toHaveText(words.title);

      const page = await person({ locale });
      const seen = await new Board(page).open(shop.board);
      await expect(page.locator('html')).toHaveAttribute('lang', lang);
      await expect(page.locator('#live')).toHaveText(words.live);
      await expect(page.getByRole('button', { name: words.newDeal }).first()).toBeVisible();
      await expect(page.getByText(words.empty)).toHaveCount(6);

      const chrome = async () => {
        const html = await page.locator('body').evaluate((body) => {
          const words: string[] = [document.title];
          const walk = document.createTreeWalker(body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
          for (let node = walk.nextNode(); node; node = walk.nextNode()) {
            if (node.nodeType === Node.TEXT_NODE) words.push(node.textContent ?? '');
            else for (const name of ['aria-label', 'title', 'placeholder', 'alt']) words.push((node as Element).getAttribute(name) ?? '');
          }
          return words.join('\n');
        });
        if (lang === 'en') expect(html.match(CYRILLIC)?.[0], html).toBeUndefined();
        if (lang === 'ru') expect(html.match(UKRAINIAN_ONLY)?.[0], html).toBeUndefined();
        if (lang === 'uk') expect(html.match(RUSSIAN_ONLY)?.[0], html).toBeUndefined();
        expect(html, 'no key of the catalogue, no placeholder').not.toMatch(/\{[a-z_]+\}|\bt::/);
      };
      await chrome();
      // The filter's panel and a new deal's drawer, too.
      await page.locator('.filter > button').click();
      await expect(page.locator('form.filter-panel')).toBeVisible();
      await chrome();
      await page.locator('form.filter-panel button[type=submit]').click();
      await page.getByRole('button', { name: words.newDeal }).first().click();
      await expect(page.locator('dialog[open]')).toBeVisible();
      await chrome();
      await page.keyboard.press('Escape');

      await shop.order(1, { name: 'Latin Name', total: '1234.50', lines: [{ name: 'Beans', quantity: 1, total: '1234.50' }] });
      await expect(seen.card('Latin Name').locator('.sum')).toHaveText(words.sum, { useInnerText: false });
      await expect(page.locator('.column-figures .sum').first()).toHaveText(words.sum);
      await seen.card('Latin Name').click();
      await expect(page.locator('.history li').first()).toBeVisible();
      await chrome();
    });
  });
}

test('a language we do not speak is answered in Ukrainian; quality decides among those we do', async ({ shop }) => {
  const ask = async (header: string) => {
    const answer = await fetch(`${shop.url}/sign-in`, { headers: { 'accept-language': header } });
    return /<html[^>]*lang="(\w+)"/.exec(await answer.text())?.[1];
  };
  expect(await ask('ja-JP')).toBe('uk');
  expect(await ask('de, ru;q=0.3, en;q=0.8')).toBe('en');
  expect(await ask('ru-UA, uk;q=0.9')).toBe('ru');
});

test('plurals follow the language’s own rule', async ({ shop, person }) => {
  for (const n of [1, 2]) await shop.order(n);
  for (const [locale, words] of [['uk-UA', '2 угоди'], ['ru-RU', '2 сделки'], ['en-US', '2 deals']] as const) {
    const page = await person({ locale });
    await page.goto(shop.board);
    await expect(page.locator('.column .count').first()).toHaveAttribute('aria-label', words);
  }
});
