import type { TableSchema } from '@velostream/core/sql';

/** A small table to join the trades with. */
export const COMPANIES = [
  { symbol: 'AURA', company: 'Aurora Solar', sector: 'Energy' },
  { symbol: 'BOLT', company: 'Bolt Motors', sector: 'Transport' },
  { symbol: 'CINO', company: 'Cinoa Foods', sector: 'Food' },
  { symbol: 'DELF', company: 'Delfin Shipping', sector: 'Transport' },
  { symbol: 'EKOS', company: 'Ekos Wind', sector: 'Energy' },
  { symbol: 'FERN', company: 'Fern Grocers', sector: 'Food' },
];

export const COMPANIES_SCHEMA: TableSchema = {
  kind: 'table',
  key: ['symbol'],
  columns: [
    { name: 'symbol', type: 'STRING', nullable: false },
    { name: 'company', type: 'STRING', nullable: false },
    { name: 'sector', type: 'STRING', nullable: false },
  ],
};
