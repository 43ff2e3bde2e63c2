// What axe finds on a page.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, type Page } from '@playwright/test';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const OPTIONS = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  // Experimental in axe: it takes the initials on an avatar for its name.
  rules: { 'label-content-name-mismatch': { enabled: false } },
};

interface Violation {
  id: string;
  impact: string | null;
  help: string;
  nodes: { target: string[]; failureSummary?: string }[];
}

/** Runs axe in a world of its own: the page's policy admits no foreign script, and should not. */
export async function audit(page: Page, where: string): Promise<void> {
  // What fades in is not judged halfway.
  await page.evaluate(() => Promise.all(document.getAnimations().map((one) => one.finished.catch(() => undefined))));
  const cdp = await page.context().newCDPSession(page);
  const { frameTree } = await cdp.send('Page.getFrameTree');
  const { executionContextId } = await cdp.send('Page.createIsolatedWorld', { frameId: frameTree.frame.id, worldName: 'axe' });
  await cdp.send('Runtime.evaluate', { expression: AXE, contextId: executionContextId });
  const answer = await cdp.send('Runtime.evaluate', {
    expression: `axe.run(document, ${JSON.stringify(OPTIONS)}).then(({ violations }) => violations)`,
    contextId: executionContextId,
    awaitPromise: true,
    returnByValue: true,
  });
  const violations = answer.result.value as Violation[];
  const grave = violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, help, nodes }) => `${id}: ${help}\n${nodes.slice(0, 3).map((node) => `   ${node.target.join(' ')}\n   ${node.failureSummary}`).join('\n')}`);
  expect.soft(grave, where).toEqual([]);
  await cdp.detach();
}
