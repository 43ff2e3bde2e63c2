// The board as a person handles it.
import { expect, type Locator, type Page } from '@playwright/test';
import { live } from './shop';

export class Board {
  constructor(readonly page: Page) {}

  async open(path: string): Promise<this> {
    await this.page.goto(path);
    await live(this.page);
    return this;
  }

  async reload(): Promise<void> {
    await this.page.reload();
    await live(this.page);
  }

  column(stage: string): Locator {
    return this.page.locator(`section.column[aria-label="${stage}"]`);
  }

  card(customer: string): Locator {
    return this.page.locator('[data-card-id]').filter({ has: this.page.getByText(customer, { exact: true }) });
  }

  /** The card, on that stage. */
  cardOn(stage: string, customer: string): Locator {
    return this.column(stage).locator('[data-card-id]').filter({ has: this.page.getByText(customer, { exact: true }) });
  }

  async customers(stage: string): Promise<string[]> {
    return this.column(stage).locator('[data-card-id] .customer').allTextContents();
  }

  /** The column's head: how many deals, and their sum as written. */
  async expectHead(stage: string, count: number, sum: string): Promise<void> {
    await expect(this.column(stage).locator('.count')).toHaveAttribute('data-count', String(count));
    await expect(this.column(stage).locator('.column-figures .sum')).toHaveText(sum);
  }

  /** By mouse, from the card's name to `y` pixels below the top of the column's list (its middle where not said). */
  async drag(customer: string, stage: string, y?: number): Promise<void> {
    await this.lift(customer);
    const { page } = this;
    const column = this.column(stage);
    await this.bringIntoSight(column);
    const list = (await column.locator('.cards').boundingBox()) ?? (await column.boundingBox())!;
    await page.mouse.move(list.x + list.width / 2, list.y + (y ?? Math.min(60, list.height / 2)), { steps: 8 });
    await expect(column).toHaveClass(/\bover\b/);
    await page.mouse.up();
  }

  /** The board scrolls by itself while a card is held at its edge. */
  private async bringIntoSight(column: Locator): Promise<void> {
    const width = this.page.viewportSize()!.width;
    const hidden = async () => {
      const box = (await column.boundingBox())!;
      if (box.x < 0) return -1;
      return box.x + box.width > width ? 1 : 0;
    };
    const side = await hidden();
    if (side === 0) return;
    await this.page.mouse.move(side > 0 ? width - 12 : 12, 400, { steps: 6 });
    await expect.poll(hidden).toBe(0);
  }

  async lift(customer: string): Promise<void> {
    const { page } = this;
    await this.card(customer).scrollIntoViewIfNeeded();
    const box = (await this.card(customer).locator('.customer').boundingBox())!;
    await page.mouse.move(box.x + 10, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(box.x + 30, box.y + box.height / 2 + 6, { steps: 3 });
    await expect(page.locator('.carried')).toBeVisible();
  }

  toast(words: string | RegExp): Locator {
    return this.page.locator('.toast').filter({ hasText: words });
  }
}
