import { stem } from './stem.ts';
import { wordsTo } from './word-table.ts';

/** Words that people use for each other. One line, one idea; the first needs no meaning of its own. */
const CLASSES = (
  'price cost; ' +
  'cost spend expense spending; ' +
  'amount value total spend spending spent spends revenue sales money turnover paid worth; ' +
  'quantity volume units size shares qty pieces lots; ' +
  'latency response_time duration delay elapsed took runtime response; ' +
  'duration length time; ' +
  'user customer client member account player visitor buyer shopper person subscriber; ' +
  'patient person; ' +
  'player gamer; ' +
  'country nation; ' +
  'region area zone district territory; ' +
  'city town; ' +
  'symbol ticker stock instrument asset coin pair security; ' +
  'output production produced yield; ' +
  'employee person staff worker people colleague; ' +
  'rain rainfall precipitation; ' +
  'late delay; ' +
  'device sensor machine unit equipment meter probe; ' +
  'service app application component microservice; ' +
  'error failure exception fault; ' +
  'fail error decline reject; ' +
  'status state outcome result; ' +
  'endpoint path url route page; ' +
  'merchant store shop vendor seller retailer; ' +
  'warehouse depot hub facility site plant location; ' +
  'location place site; ' +
  'product item sku article good; ' +
  'driver courier carrier; ' +
  'vehicle truck car van lorry; ' +
  'speed velocity; ' +
  'temperature heat temp fever; ' +
  'humidity moisture; ' +
  'power load draw wattage; ' +
  'energy consumption usage consumed; ' +
  'level severity priority loglevel; ' +
  'message text body content payload msg; ' +
  'category type kind class group genre segment; ' +
  'channel medium platform; ' +
  'pulse heart_rate bpm; ' +
  'spo2 oxygen saturation oxygen_saturation; ' +
  'score points rating stars; ' +
  'star rating; ' +
  'fee commission charge; ' +
  'distance mileage; ' +
  'weight mass; ' +
  'host server instance node; ' +
  'method verb; ' +
  'bytes size traffic payload_size; ' +
  'department ward unit; ' +
  'level stage; ' +
  'game title match; ' +
  'currency; ' +
  'browser agent useragent; ' +
  'balance funds; ' +
  'side direction; ' +
  'tier plan level segment; ' +
  'battery charge; ' +
  'brand make manufacturer; ' +
  'discount rebate; ' +
  'campaign promotion; ' +
  'exchange venue market; ' +
  'trade transaction execution fill deal; ' +
  'payment transaction charge; ' +
  'order purchase; ' +
  'request call hit; ' +
  'reading measurement sample observation; ' +
  'view visit hit impression; ' +
  'log entry line message; ' +
  'shipment delivery parcel package consignment; ' +
  'click tap; ' +
  'login signin sign_in logon; ' +
  'event activity action; ' +
  'session visit; ' +
  'operator carrier; ' +
  'buy purchase bid; ' +
  'mobile phone telephone; ' +
  'succe ok complet approv; ' +
  'critical fatal; ' +
  'deposit topup; ' +
  'withdrawal cashout withdraw; ' +
  'age years; ' +
  'vibration shaking; ' +
  'pressure; ' +
  'company firm; ' +
  'sector industry; ' +
  'trader dealer broker; ' +
  'kill elimination; ' +
  'reason cause; ' +
  'query statement; ' +
  'cpu processor; ' +
  'memory ram; ' +
  'patient subject; ' +
  'oxygen spo2 saturation; ' +
  'station charger; ' +
  'depart leave; ' +
  'trip ride journey; ' +
  'stolen theft steal; ' +
  'birth born; ' +
  'ammonium ammonia nh4; ' +
  'oxygen o2; ' +
  'ozone o3; ' +
  'nitrate no3; ' +
  'wait queue'
).split('; ');

const BY_STEM = new Map<string, Set<string>>();
for (const line of CLASSES) {
  const words = line.split(' ').map((w) => w.split('_').map(stem).join(' '));
  for (const word of words) {
    const others = BY_STEM.get(word) ?? new Set<string>();
    for (const other of words) if (other !== word) others.add(other);
    BY_STEM.set(word, others);
  }
}

/** Stems (several words joined by a space) that may stand for this one. */
export const synonymsOf = (phrase: string): readonly string[] => [...(BY_STEM.get(phrase) ?? [])];

const ABBREVIATIONS: Readonly<Record<string, string>> = wordsTo(
  'quantity qty; amount amt; timestamp ts; price px; percent pct perc; count cnt; number num nr no; address addr; latency lat rtt; duration dur; message msg; service svc; request req; response resp; user usr uid; customer cust; account acct acc; transaction txn tx trx; device dev; location loc; temperature temp; humidity hum; volume vol; average avg; distance dist; weight wt; category cat; country ctry geo; product prod; order ord; session sess; event evt; source src; destination dst dest; error err; environment env; memory mem; process proc; description desc; currency cur ccy curr; heart_rate hr; blood_pressure bp; symbol sym; warehouse wh; battery batt; voltage volt; reference refr ref; level lvl; manufacturer mfr; profit pnl; requests rps; agent ua; code cd; name nm; system os; exchange exch; department dept; passenger pax; departure dep; arrival arr; employee emp; manager mgr; version ver; balance bal; language lang; power pwr; frequency freq; speed spd; observation obs; precipitation precip; flight flt; vehicle veh; station stn; discount disc; status stat; group grp; charge chg; position pos; organisation org; center ctr; phone tel; revenue rev; pressure press; magnitude mag',
);

/** Long form of a short one, `undefined` for other words. */
export const longForm = (word: string): string | undefined => (Object.hasOwn(ABBREVIATIONS, word) ? ABBREVIATIONS[word] : undefined);
