import type { BenchSet } from './case.ts';
import { adjusters } from './cases/adjusters.ts';
import { ads } from './cases/ads.ts';
import { adtech } from './cases/adtech.ts';
import { airquality } from './cases/airquality.ts';
import { ambulances } from './cases/ambulances.ts';
import { aquarium } from './cases/aquarium.ts';
import { arcade } from './cases/arcade.ts';
import { arena } from './cases/arena.ts';
import { baggage } from './cases/baggage.ts';
import { bakery } from './cases/bakery.ts';
import { balloons } from './cases/balloons.ts';
import { bank } from './cases/bank.ts';
import { bloodbank } from './cases/bloodbank.ts';
import { brewery } from './cases/brewery.ts';
import { builds } from './cases/builds.ts';
import { calls } from './cases/calls.ts';
import { campus } from './cases/campus.ts';
import { carwash } from './cases/carwash.ts';
import { chess } from './cases/chess.ts';
import { cinemas } from './cases/cinemas.ts';
import { ciruns } from './cases/ciruns.ts';
import { claims } from './cases/claims.ts';
import { clinic } from './cases/clinic.ts';
import { coldchain } from './cases/coldchain.ts';
import { commerce } from './cases/commerce.ts';
import { concerts } from './cases/concerts.ts';
import { containers } from './cases/containers.ts';
import { courts } from './cases/courts.ts';
import { crowdfund } from './cases/crowdfund.ts';
import { dairy } from './cases/dairy.ts';
import { dating } from './cases/dating.ts';
import { delivery } from './cases/delivery.ts';
import { dns } from './cases/dns.ts';
import { donations } from './cases/donations.ts';
import { energy } from './cases/energy.ts';
import { escaperooms } from './cases/escaperooms.ts';
import { exams } from './cases/exams.ts';
import { factory } from './cases/factory.ts';
import { fields } from './cases/fields.ts';
import { firewall } from './cases/firewall.ts';
import { fleet } from './cases/fleet.ts';
import { flights } from './cases/flights.ts';
import { football } from './cases/football.ts';
import { forestry } from './cases/forestry.ts';
import { freight } from './cases/freight.ts';
import { gaming } from './cases/gaming.ts';
import { garages } from './cases/garages.ts';
import { gateway } from './cases/gateway.ts';
import { greenhouse } from './cases/greenhouse.ts';
import { grid } from './cases/grid.ts';
import { gym } from './cases/gym.ts';
import { health } from './cases/health.ts';
import { helpdesk } from './cases/helpdesk.ts';
import { hospital } from './cases/hospital.ts';
import { hotel } from './cases/hotel.ts';
import { iot } from './cases/iot.ts';
import { isp } from './cases/isp.ts';
import { kindergarten } from './cases/kindergarten.ts';
import { kitchen } from './cases/kitchen.ts';
import { laundry } from './cases/laundry.ts';
import { lending } from './cases/lending.ts';
import { library } from './cases/library.ts';
import { lifts } from './cases/lifts.ts';
import { livechat } from './cases/livechat.ts';
import { llmusage } from './cases/llmusage.ts';
import { lockers } from './cases/lockers.ts';
import { logistics } from './cases/logistics.ts';
import { mailing } from './cases/mailing.ts';
import { marathon } from './cases/marathon.ts';
import { media } from './cases/media.ts';
import { mempool } from './cases/mempool.ts';
import { mesh } from './cases/mesh.ts';
import { meters } from './cases/meters.ts';
import { mines } from './cases/mines.ts';
import { moderation } from './cases/moderation.ts';
import { museum } from './cases/museum.ts';
import { parking } from './cases/parking.ts';
import { payments } from './cases/payments.ts';
import { people } from './cases/people.ts';
import { perps } from './cases/perps.ts';
import { podcasts } from './cases/podcasts.ts';
import { printfarm } from './cases/printfarm.ts';
import { pumps } from './cases/pumps.ts';
import { recruiting } from './cases/recruiting.ts';
import { rentals } from './cases/rentals.ts';
import { rides } from './cases/rides.ts';
import { rivers } from './cases/rivers.ts';
import { satellites } from './cases/satellites.ts';
import { schoolbus } from './cases/schoolbus.ts';
import { scooters } from './cases/scooters.ts';
import { sewage } from './cases/sewage.ts';
import { shop } from './cases/shop.ts';
import { skiing } from './cases/skiing.ts';
import { solar } from './cases/solar.ts';
import { songs } from './cases/songs.ts';
import { steelmill } from './cases/steelmill.ts';
import { streams } from './cases/streams.ts';
import { swaps } from './cases/swaps.ts';
import { telescopes } from './cases/telescopes.ts';
import { tickets } from './cases/tickets.ts';
import { tolls } from './cases/tolls.ts';
import { trading } from './cases/trading.ts';
import { trains } from './cases/trains.ts';
import { transfers } from './cases/transfers.ts';
import { translators } from './cases/translators.ts';
import { vending } from './cases/vending.ts';
import { vessels } from './cases/vessels.ts';
import { vets } from './cases/vets.ts';
import { vitals } from './cases/vitals.ts';
import { warehouse } from './cases/warehouse.ts';
import { waste } from './cases/waste.ts';
import { web } from './cases/web.ts';

/** Questions that the offline assistant is developed on. */
export const DEVELOPMENT_SETS: readonly BenchSet[] = [
  commerce,
  trading,
  iot,
  web,
  payments,
  logistics,
  media,
  rides,
  hotel,
  isp,
  fleet,
  library,
  shop,
  solar,
  songs,
  trains,
  ads,
  arcade,
  builds,
  calls,
  containers,
  delivery,
  factory,
  fields,
  flights,
  meters,
  parking,
  people,
  tickets,
  transfers,
  vitals,
  baggage,
  kitchen,
  gateway,
  swaps,
  clinic,
  vessels,
  exams,
  claims,
  coldchain,
  livechat,
  scooters,
  warehouse,
  dns,
  donations,
  greenhouse,
  tolls,
  lifts,
  mailing,
  bloodbank,
  garages,
  streams,
  pumps,
  adtech,
  arena,
  bank,
  freight,
  grid,
  hospital,
  adjusters,
  campus,
  ciruns,
  concerts,
  dairy,
  helpdesk,
  mesh,
  perps,
  firewall,
  ambulances,
  llmusage,
];
/** Held back at first; their misses were read after they had been scored. */
export const HELD_BACK_SETS: readonly BenchSet[] = [
  energy,
  gaming,
  health,
  skiing,
  brewery,
  moderation,
  vending,
  mempool,
  gym,
  waste,
  satellites,
  courts,
  dating,
  lending,
  museum,
  mines,
  podcasts,
  aquarium,
  forestry,
  cinemas,
  translators,
  chess,
  laundry,
  balloons,
  telescopes,
  rentals,
  schoolbus,
];
/** The last that were asked and read. The goals are held by them together with all others. */
export const LATEST_SETS: readonly BenchSet[] = [
  rivers,
  vets,
  printfarm,
  marathon,
  bakery,
  crowdfund,
  airquality,
  football,
  lockers,
  recruiting,
  sewage,
  escaperooms,
  carwash,
  kindergarten,
  steelmill,
];
