/** Adjectives that put the smallest first. */
export const LOW =
  /^(?:cold|cool|thin|narrow|slow|short|low|small|cheap|light|calm|quiet|lazi|weak|poor|dri|strict|easi|few|least|young|shallow)/;
/** Whether the words of a bound have it above: `under`, `less than`, `weaker than`. */
export const isUpperBound = (words: string): boolean =>
  /^(?:under|below|beneath|less|fewer)\b/i.test(words) || LOW.test(words.toLowerCase());
/** What adjectives are of, where the number is called otherwise. */
export const OF_ADJECTIVE: readonly (readonly [RegExp, RegExp])[] = [
  [/^(?:cold|cool|warm|hot)/, /^(?:temp|temperature|water|air)$/],
  [/^(?:thick|thin)/, /^(?:thickness|diameter|width|girth)$/],
  [/^(?:wid|narrow)/, /^(?:width|opening|breadth|diameter)$/],
  [/^(?:tall|high|low)/, /^(?:height|level|alt|altitude|elevation)$/],
  [/^(?:deep|shallow)/, /^depth$/],
  [/^(?:heav|light)/, /^(?:weight|mass|load)$/],
  [/^(?:loud|nois|quiet)/, /^(?:noise|db|sound)$/],
  [/^(?:dri|damp|wet|moist)/, /^(?:humidity|moisture)$/],
  [/^(?:fast|slow)/, /^(?:speed|pace|velocity)$/],
  [/^(?:strong|weak)/, /^(?:strength|signal|magnitude|mag|intensity|force)$/],
  [/^(?:expensive|cheap|dear)/, /^(?:price|cost|fee)$/],
];
