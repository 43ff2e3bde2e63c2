// A customer's page as Lighthouse sees it on its slow phone: P12. Prints Markdown.
import { launch } from 'chrome-launcher';
import lighthouse from 'lighthouse';
import { get } from 'node:http';
import { Shop, quantile, spread } from '../shop.mjs';

const RUNS = Number(process.env.RUNS || 5);
const shop = new Shop();
const chrome = await launch({
  chromePath: process.env.CHROMIUM || '/usr/bin/chromium',
  chromeFlags: ['--headless=new', '--no-sandbox', '--disable-gpu'],
});
try {
  await shop.open();
  const { deal } = await shop.order(1);
  await shop.move(deal, shop.stages[1]);
  const { tracking_url: link } = await shop.api(`/deals/${deal}`);
  const page = shop.url + new URL(link).pathname;
  const runs = [];
  for (let run = 0; run < RUNS; run++) {
    // The measured values only: what a page must have to be found (it must not be) is another matter.
    const { lhr } = await lighthouse(page, { port: chrome.port, onlyCategories: ['performance', 'accessibility', 'best-practices'] });
    runs.push(lhr);
  }
  const score = (category) => spread(runs.map((run) => run.categories[category].score * 100));
  const audit = (name) => runs.map((run) => run.audits[name].numericValue);
  let bytes = 0;
  const requests = runs[0].audits['network-requests'].details.items.filter((item) => !item.url.endsWith('/live'));
  for (const { url } of requests) bytes += await wire(url);
  console.log("\n### A customer's page on a phone (P12): Lighthouse 12, mobile, simulated slow 4G, CPU 4×\n");
  console.log(`${RUNS} runs, median (least–most).\n`);
  console.log(`- performance **${score('performance')}** (goal 99), accessibility ${score('accessibility')}, best practices ${score('best-practices')}`);
  console.log(`- largest contentful paint **${spread(audit('largest-contentful-paint'))} ms** (goal 1,000), layout shift **${spread(audit('cumulative-layout-shift'), 3)}** (goal 0), blocked ${quantile(audit('total-blocking-time'), 0.5)} ms`);
  console.log(`- over the wire, heads left out: **${(bytes / 1000).toFixed(1)} kB** in ${requests.length} requests (goal 14)`);
} finally {
  await chrome.kill();
  await shop.close();
}

/** A body's bytes as they come. */
function wire(url) {
  return new Promise((resolve, reject) => {
    get(url, { headers: { 'accept-encoding': 'br, gzip' } }, (answer) => {
      let bytes = 0;
      answer.on('data', (chunk) => (bytes += chunk.length));
      answer.on('end', () => resolve(bytes));
    }).on('error', reject);
  });
}
