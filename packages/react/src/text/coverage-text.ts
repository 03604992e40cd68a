import type { Coverage } from '@velostream/core/protocol/explore';
import { countText } from './quantity-text.ts';

const STOPS: Readonly<Record<Coverage['stoppedBy'], string>> = {
  end: '',
  limit: '',
  time: ', stopped by time',
  bytes: ', stopped by size',
  cancelled: ', cancelled',
  error: ', stopped by an error',
};

/** What an answer about a source rests on: `10 of 1,200 records read`. */
export function coverageText({ scanned, available, stoppedBy }: Coverage): string {
  const of = available !== undefined && available !== scanned ? ` of ${countText(available)}` : '';
  return `${countText(scanned)}${of} ${scanned === 1 && of === '' ? 'record' : 'records'} read${STOPS[stoppedBy]}`;
}
