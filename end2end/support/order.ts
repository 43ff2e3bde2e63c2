// An order's page as a person handles it; in English, its statuses as a new storefront calls them.
import { expect, type Locator, type Page } from '@playwright/test';
import { awake } from '../fixtures';
import { live } from './shop';

export const STATUS = {
  waiting: 'Awaiting confirmation',
  processing: 'In progress',
  picking: 'Being picked',
  shipped: 'Shipped',
  delivered: 'Delivered',
  delayed: 'Delayed',
  cancelled: 'Cancelled',
  returned: 'Returned',
};

export class OrderPage {
  constructor(readonly page: Page) {}

  async open(order: number): Promise<this> {
    await this.page.goto(`/orders/${order}`);
    await live(this.page);
    return this;
  }

  /** Where the order is. */
  get now(): Locator {
    return this.page.locator('#order-now .chip.status');
  }

  get form(): Locator {
    return this.page.locator('form.order-ask');
  }

  /** By the button that stands first. */
  async next(status: string): Promise<void> {
    const button = this.page.locator('.next-status');
    await expect(button).toHaveText(status);
    await awake(button);
    await button.click();
  }

  /** By the menu. */
  async other(status: string): Promise<void> {
    const button = this.page.getByRole('button', { name: 'Another status' });
    await awake(button);
    await button.click();
    await this.page.getByRole('menuitem', { name: status }).first().click();
  }

  async save(): Promise<void> {
    await this.form.getByRole('button', { name: 'Save' }).click();
  }

  toast(words: string | RegExp): Locator {
    return this.page.locator('.toast').filter({ hasText: words });
  }
}
