/** The one sale: whose it is, and the links that were handed out before the story begins, so that the customer can write first. */
import { saleIdOf } from '../../../functions/core/ids.ts';

export const SALE_ID = saleIdOf('shop', 'B-204');
export const EMAIL = 'selma.aydin@example.org';

export const CUSTOMER_TOKEN = 'customer'.padEnd(32, 'q');
export const STAFF_TOKEN = 'staff'.padEnd(32, 'q');
