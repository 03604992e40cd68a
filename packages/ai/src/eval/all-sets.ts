import type { BenchSet } from './case.ts';
import { commerce } from './cases/commerce.ts';
import { energy } from './cases/energy.ts';
import { fleet } from './cases/fleet.ts';
import { gaming } from './cases/gaming.ts';
import { health } from './cases/health.ts';
import { hotel } from './cases/hotel.ts';
import { iot } from './cases/iot.ts';
import { isp } from './cases/isp.ts';
import { logistics } from './cases/logistics.ts';
import { media } from './cases/media.ts';
import { payments } from './cases/payments.ts';
import { rides } from './cases/rides.ts';
import { trading } from './cases/trading.ts';
import { web } from './cases/web.ts';

/** Questions that the offline assistant is developed on. */
export const DEVELOPMENT_SETS: readonly BenchSet[] = [commerce, trading, iot, web, payments, logistics, media, rides, hotel, isp, fleet];
/** Held back at first; their misses were read after they had been scored. */
export const HELD_BACK_SETS: readonly BenchSet[] = [energy, gaming, health];
