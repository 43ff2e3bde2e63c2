// A real WooCommerce order (REST v3, the body of the order.created webhook), signed as the shop signs it.
import { createHmac } from 'node:crypto';

export interface Line {
  name: string;
  quantity: number;
  /** For all pieces together, in whole units with two digits: "1250.00". */
  total: string;
  sku?: string;
}

export interface OrderWishes {
  name: string;
  phone: string;
  email: string;
  total: string;
  /** How much of the total is for the delivery. */
  shipping: string;
  lines: Line[];
  status: string;
  currency: string;
  note: string;
  /** When the customer ordered. */
  at: Date;
}

export function wooOrder(n: number, wishes: Partial<OrderWishes> = {}): Record<string, unknown> {
  const total = wishes.total ?? '1250.00';
  const shipping = wishes.shipping ?? '0.00';
  const goods = (Number(total) - Number(shipping)).toFixed(2);
  const lines = wishes.lines ?? [{ name: `Coffee beans no. ${n}`, quantity: 1, total: goods, sku: `COFFEE-${n}` }];
  const [first, ...rest] = (wishes.name ?? `Customer ${n}`).split(' ');
  const at = (wishes.at ?? new Date()).toISOString().slice(0, 19);
  const address = {
    first_name: first, last_name: rest.join(' '), company: '', address_1: 'вул. Хрещатик, 1', address_2: '',
    city: 'Київ', state: 'UA30', postcode: '01001', country: 'UA',
    email: wishes.email ?? `customer${n}@example.ua`, phone: wishes.phone ?? `050 ${String(1_000_000 + n)}`,
  };
  return {
    id: n, parent_id: 0, number: String(n), order_key: `wc_order_${n}`, created_via: 'checkout', version: '9.4.2',
    status: wishes.status ?? 'on-hold', currency: wishes.currency ?? 'UAH', date_created: at, date_created_gmt: at,
    date_modified: at, date_modified_gmt: at, discount_total: '0.00', discount_tax: '0.00', shipping_total: shipping,
    shipping_tax: '0.00', cart_tax: '0.00', total, total_tax: '0.00', prices_include_tax: false, customer_id: 0,
    customer_ip_address: '192.0.2.7', customer_user_agent: 'Mozilla/5.0', customer_note: wishes.note ?? '',
    billing: address, shipping: { ...address, email: undefined, phone: '' }, payment_method: 'cod',
    payment_method_title: 'Оплата при отриманні', transaction_id: '', date_paid: null, date_paid_gmt: null,
    date_completed: null, date_completed_gmt: null, cart_hash: '4c4f9a1d',
    meta_data: [{ id: 1, key: '_wc_order_attribution_source_type', value: 'typein' }],
    line_items: lines.map((line, i) => ({
      id: n * 100 + i, name: line.name, product_id: 90 + i, variation_id: 0, quantity: line.quantity, tax_class: '',
      subtotal: line.total, subtotal_tax: '0.00', total: line.total, total_tax: '0.00', taxes: [], meta_data: [],
      sku: line.sku ?? '', price: Number(line.total) / line.quantity, parent_name: null,
    })),
    tax_lines: [], fee_lines: [], coupon_lines: [], refunds: [],
    shipping_lines: [{ id: n * 100 + 50, method_title: 'Нова Пошта', method_id: 'nova_poshta', total: shipping, taxes: [] }],
  };
}

/** What the shop sends with the body, byte for byte. */
export function hookHeaders(body: string, secret: string, topic = 'order.created'): Record<string, string> {
  const [resource, event] = topic.split('.');
  return {
    'content-type': 'application/json',
    'user-agent': 'WooCommerce/9.4.2 Hookshot (WordPress/6.7)',
    'x-wc-webhook-source': 'https://shop.example/',
    'x-wc-webhook-topic': topic,
    'x-wc-webhook-resource': resource,
    'x-wc-webhook-event': event,
    'x-wc-webhook-id': '7',
    'x-wc-webhook-delivery-id': createHmac('md5', secret).update(body).digest('hex'),
    'x-wc-webhook-signature': createHmac('sha256', secret).update(body, 'utf8').digest('base64'),
  };
}
