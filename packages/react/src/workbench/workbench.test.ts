import { describe, expect, test, vi } from 'vitest';
import { compareValues } from '../table/compare-values.ts';
import { placeAfter } from '../table/use-grid-keys.ts';
import { sampleJobMetrics, sampleTopology } from '../testing/samples/sample-apps.ts';
import { csvText } from '../text/csv-text.ts';
import { diffLines } from '../text/diff-lines.ts';
import { bytesText, compactText, durationText } from '../text/quantity-text.ts';
import { relativeTime } from '../text/time-text.ts';
import { webAddress } from '../text/web-address.ts';
import { bottleneckOf, columnTrail } from '../topology/topology-flow.ts';
import { formOf, withField } from './assertion-forms.ts';
import { assigned, choiceOf } from './field-mapping.ts';
import { completer } from './use-completion.ts';

describe('texts', () => {
  test('numbers are short and carry their unit', () => {
    expect([compactText(1_204_331), durationText(850), durationText(1_200), durationText(180_000), bytesText(9_437_184)]).toEqual([
      '1.2M',
      '850\u202fms',
      '1.2\u202fs',
      '3\u202fmin',
      '9\u202fMB',
    ]);
  });

  test('times are relative in whole units', () => {
    expect([relativeTime(0, 500), relativeTime(0, 61_000), relativeTime(0, 90_000_000), relativeTime(5_000, 0)]).toEqual([
      'just now',
      '1\u202fmin ago',
      '1\u202fd ago',
      'in 5\u202fs',
    ]);
  });

  test('an address is taken only where a link may lead', () => {
    expect([
      webAddress('https://grafana.example/d/1'),
      webAddress('javascript:alert(1)'),
      webAddress('data:text/html,x'),
      webAddress('x'),
    ]).toEqual(['https://grafana.example/d/1', undefined, undefined, undefined]);
  });

  test('CSV quotes what needs it, and no text becomes a formula', () => {
    const columns = [
      { name: 'a', type: 'STRING' },
      { name: 'b', type: 'INTEGER' },
    ];
    const rows = [
      { a: '=HYPERLINK("x")', b: -5 },
      { a: 'x,"y"', b: null },
      { a: '-7', b: 1n },
    ];
    expect(csvText(columns, rows)).toBe('a,b\r\n"\'=HYPERLINK(""x"")",-5\r\n"x,""y""",\r\n-7,1\r\n');
  });

  test('CSV has the times of windows as times', () => {
    const columns = [
      { name: '_window_start', type: 'INTEGER' },
      { name: 'n', type: 'INTEGER' },
    ];
    expect(csvText(columns, [{ _window_start: 60_000, n: 60_000 }])).toBe('_window_start,n\r\n1970-01-01T00:01:00.000Z,60000\r\n');
  });

  test('a diff keeps what is common', () => {
    expect(diffLines('a\nb\nc', 'a\nx\nc').map(({ kind, text }) => `${kind} ${text}`)).toEqual([
      'same a',
      'removed b',
      'added x',
      'same c',
    ]);
  });
});

describe('grid keys', () => {
  const size = { rows: 100, columns: 4, pageRows: 10 };
  const plain = { ctrl: false, rtl: false };
  test.each([
    ['ArrowDown', plain, { row: 6, column: 1 }],
    ['ArrowLeft', plain, { row: 5, column: 0 }],
    ['ArrowLeft', { ctrl: false, rtl: true }, { row: 5, column: 2 }],
    ['Home', plain, { row: 5, column: 0 }],
    ['End', { ctrl: true, rtl: false }, { row: 99, column: 3 }],
    ['PageDown', plain, { row: 15, column: 1 }],
    ['PageUp', plain, { row: 0, column: 1 }],
    ['x', plain, null],
  ])('%s', (key, mods, place) => {
    expect(placeAfter({ row: 5, column: 1 }, key, size, mods)).toEqual(place);
  });

  test('the header is above the first row, and nothing is beyond the edges', () => {
    expect(placeAfter({ row: 0, column: 0 }, 'ArrowUp', size, plain)).toEqual({ row: -1, column: 0 });
    expect(placeAfter({ row: -1, column: 0 }, 'ArrowUp', size, plain)).toEqual({ row: -1, column: 0 });
  });
});

describe('order of values', () => {
  test('decimals as text are compared as numbers, NULL comes last', () => {
    expect(['10.5', null, '9', '-1'].sort((a, b) => compareValues(a, b, true))).toEqual(['-1', '9', '10.5', null]);
    expect(['b', 'a', null].sort((a, b) => compareValues(a, b, false))).toEqual(['a', 'b', null]);
  });
});

describe('data flow', () => {
  test('the step with the most lag is the slowest', () => {
    expect(bottleneckOf(sampleJobMetrics, sampleTopology)?.node.id).toBe('q3');
    expect(bottleneckOf({}, sampleTopology)).toBeNull();
  });

  test('a column is traced to where it comes from and where it goes', () => {
    expect([...columnTrail(sampleTopology, 'q3.volatility')].sort()).toEqual([
      'price-movements.volatility',
      'q3.volatility',
      'q4.volatility',
      'top-movers.volatility',
      'trades.price',
    ]);
  });
});

describe('field mapping', () => {
  test('a real field stands for one template field', () => {
    const before = { amount: 'total', fee: null };
    const after = assigned(before, 'fee', 'total');
    expect(after).toEqual({ amount: null, fee: 'total' });
    expect(choiceOf(after)).toEqual({ fee: 'total' });
  });
});

describe('assertion forms', () => {
  test('lists, numbers and texts come out as the test kit reads them', () => {
    const form = formOf('schema_contains');
    const field = form?.fields[0];
    expect(form && field && withField(form.start, field, ' a, b ,')).toEqual({ type: 'schema_contains', fields: ['a', 'b'] });
    const min = formOf('record_count')?.fields[0];
    expect(min && withField({ type: 'record_count', min: 1 }, min, '')).toEqual({ type: 'record_count' });
    expect(min && withField({ type: 'record_count' }, min, '5')).toEqual({ type: 'record_count', min: 5 });
  });
});

describe('completion', () => {
  const signal = new AbortController().signal;
  test('the same question is asked once; a fault gives no proposal', async () => {
    const complete = vi.fn(async () => ({ items: [{ text: 'FROM trades', confidence: 1, engine: 'x' }] }));
    const suggest = completer({ complete }, () => ({}));
    expect(await Promise.all([suggest('SELECT 1 ', '', signal), suggest('SELECT 1 ', '', signal)])).toEqual(['FROM trades', 'FROM trades']);
    expect(complete).toHaveBeenCalledOnce();
    const broken = completer({ complete: async () => Promise.reject(new Error('no')) }, () => ({}));
    expect(await broken('x', '', signal)).toBeNull();
  });
});
