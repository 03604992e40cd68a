import { flinkType } from '../quote.ts';
import { arg, as, type CallSite, int, type Mappings, named, notOnFlink } from './mapping.ts';

/** The extreme of the values that are not NULL; Flink's own is NULL as soon as one of them is. */
function extreme(name: string): Mappings[string] {
  return as((call) => {
    if (call.args.length > 4)
      return call.report.refuse(`${name} of more than four values is not on Flink, because it skips no NULLs there.`);
    return call.args.map((a) => a.text).reduce((a, b) => `COALESCE(${name}(${a}, ${b}), ${a}, ${b})`);
  });
}

const whole = (name: string): Mappings[string] => as((call) => `CAST(${name}(${arg(call, 0)}) AS BIGINT)`);
const kept = (text: string, call: CallSite): string => (call.type.kind === 'integer' ? `CAST(${text} AS BIGINT)` : text);

export const mathFunctions: Mappings = {
  abs: named('ABS'),
  ceil: whole('CEIL'),
  floor: whole('FLOOR'),
  round: as((call) => kept(`ROUND(${arg(call, 0)}, ${int(call, 1)})`, call)),
  trunc: as((call) => kept(`TRUNCATE(${arg(call, 0)}, ${int(call, 1)})`, call)),
  sqrt: named('SQRT'),
  exp: named('EXP'),
  ln: named('LN'),
  log: as((call) => (call.args.length === 1 ? `LN(${arg(call, 0)})` : `LOG(${arg(call, 0)}, ${arg(call, 1)})`)),
  log10: named('LOG10'),
  power: named('POWER'),
  sign: as((call) => `CAST(SIGN(${arg(call, 0)}) AS ${flinkType(call.type) ?? 'DOUBLE'})`),
  mod: as((call) => {
    const [a, b] = [arg(call, 0), arg(call, 1)];
    if (call.type.kind !== 'float') return `MOD(${a}, NULLIF(${b}, 0))`;
    const [x, y] = [`CAST(${a} AS DOUBLE)`, `NULLIF(CAST(${b} AS DOUBLE), 0E0)`];
    return `(${x} - ${y} * TRUNCATE(${x} / ${y}, 0))`;
  }),
  greatest: extreme('GREATEST'),
  least: extreme('LEAST'),
  pi: as(() => 'PI()'),
  random: as(() => 'RAND()', 'Random numbers are other ones on Flink.'),
};

export const headerFunctions: Mappings = {
  header: as((call) => `DECODE(${headers(call)}[${arg(call, 0)}], 'UTF-8')`),
  has_header: as((call) => `(${headers(call)}[${arg(call, 0)}] IS NOT NULL)`),
  header_keys: notOnFlink('the keys of a map come in no order there that can be relied on'),
  set_header: notOnFlink('an expression of a SELECT cannot write headers there'),
  remove_header: notOnFlink('an expression of a SELECT cannot take headers away there'),
};

const headers = (call: CallSite): string =>
  call.system('_headers') ?? call.report.refuse('Headers are there for rows read from Kafka only.');
