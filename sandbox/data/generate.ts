import type { Random } from '../kit/random.ts';
import { inventBasket, inventTaste } from './invented-basket.ts';
import { inventLateShare, inventPayment } from './invented-payment.ts';
import { inventPerson } from './invented-person.ts';
import { type InventedProfile, inventPhone, inventProfile } from './invented-profile.ts';
import { daysAfter, localTime, minutesAfter } from './local-time.ts';
import {
  buyerOf,
  MINUTES_PER_DAY,
  orderSlots,
  placedMinute,
  SPAN_DAYS,
  signUpMinute,
} from './order-slots.ts';
import { pick, randomFor, wholeNumber } from './random.ts';
import type { World, WorldCustomer, WorldOrder } from './world.ts';

/** What a generated world holds. The same options give the same world, to the last penny. */
export interface GenerateOptions {
  /** Up to two million. */
  readonly contacts: number;
  readonly deals: number;
  readonly seed: number;
  /** ISO date of the first day after the world's last. Default 2026-11-01. */
  readonly until?: string;
}

const TIME_ZONE = 'Europe/London';
const DEFAULT_UNTIL = '2026-11-01';
const REFERRED_SHARE = 0.15;
const CANCELLED_SHARE = 0.04;
const WITHOUT_BUYER_SHARE = 0.01;
const SHARED_PHONE_SHARE = 0.01;
const MEDIAN_ORDER_MINOR = 6_000;
const COUNTRIES = [
  ...['United Kingdom', 'United Kingdom', 'United Kingdom', 'United Kingdom', 'United Kingdom'],
  ...['Germany', 'France', 'Ireland', 'Spain', 'Netherlands', 'Sweden', null],
] as const;

/**
 * An invented seller of any size: many customers who bought once, few who buy all the time, some
 * who never did; a few cancellations, and sales without a buyer.
 *
 * Customers and orders are made while they are read. Only eight bytes an order are held: the times,
 * because orders come in the order in which they were placed.
 */
export function generatedWorld(options: GenerateOptions): World {
  const { contacts, deals } = options;
  const slots = orderSlots(options);
  return {
    currency: 'GBP',
    timeZone: TIME_ZONE,
    customerCount: contacts,
    orderCount: deals,
    customers: { [Symbol.iterator]: () => customers(options) },
    orders: { [Symbol.iterator]: () => orders(options, slots) },
  };
}

function* customers(options: GenerateOptions): Generator<WorldCustomer> {
  const toInstant = localTime(TIME_ZONE);
  const start = startOf(options);
  for (let index = 0; index < options.contacts; index += 1) {
    const random = randomFor(options.seed, 'customer', index);
    const minute = signUpMinute(index, options);
    yield {
      externalId: customerId(index),
      ...inventPerson(customerId(index), random),
      ...profileOf(index, options.seed),
      country: pick(random, COUNTRIES),
      referredBy:
        index > 0 && random.next() < REFERRED_SHARE
          ? customerId(wholeNumber(random, 0, index - 1))
          : null,
      createdAt: toInstant(minutesAfter(start, minute)),
    };
  }
}

function* orders(options: GenerateOptions, slots: Float64Array): Generator<WorldOrder> {
  const { seed, until = DEFAULT_UNTIL } = options;
  const toInstant = localTime(TIME_ZONE);
  const start = startOf(options);
  for (const [index, slot] of slots.entries()) {
    const buyer = buyerOf(slot);
    const random = randomFor(seed, 'order', index);
    const habits = randomFor(seed, 'payer', buyer);
    const lateShare = inventLateShare(habits);
    const taste = inventTaste(randomFor(seed, 'taste', buyer));
    const minor = inventAmount(MEDIAN_ORDER_MINOR * Math.exp(habits.normal()), random);
    const day = daysAfter(start, Math.floor(placedMinute(slot) / MINUTES_PER_DAY));
    yield {
      externalId: `INV-${index + 1}`,
      customerId: random.next() < WITHOUT_BUYER_SHARE ? null : customerId(buyer),
      placedAt: toInstant(minutesAfter(start, placedMinute(slot))),
      amount: (minor / 100).toFixed(2),
      ...inventPayment({ day, minor, until, lateShare }, random),
      ...inventBasket(minor, taste, randomFor(seed, 'basket', index)),
    };
  }
}

/** Now and then a customer is known twice: the phone number is that of the one before. */
function profileOf(index: number, seed: number): InventedProfile {
  const random = randomFor(seed, 'profile', index);
  const profile = inventProfile(customerId(index), random);
  const isShared = index > 0 && random.next() < SHARED_PHONE_SHARE;
  return isShared ? { ...profile, phone: inventPhone(customerId(index - 1), random) } : profile;
}

/** Around what this buyer usually spends; now and then an order is taken back. */
function inventAmount(usualMinor: number, random: Random): number {
  const minor = Math.round(usualMinor * Math.exp(random.normal() / 2));
  return random.next() < CANCELLED_SHARE ? -minor : minor;
}

function customerId(index: number): string {
  return `G${String(index + 1).padStart(7, '0')}`;
}

function startOf({ until = DEFAULT_UNTIL }: GenerateOptions): string {
  return daysAfter(until, -SPAN_DAYS);
}
