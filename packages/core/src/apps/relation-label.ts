/**
 * How a relation, topic or URI is called in a graph: `kafka://h:9092/trades?x=1` and `trades` are one node, because a
 * topic that one query writes and another reads is one thing. Other URIs stay whole, without their options.
 */
export function relationLabel(name: string): string {
  const uri = /^([a-z][a-z0-9+.-]*):\/\/([^?#]*)/i.exec(name);
  if (uri === null) return name;
  const [, scheme = '', rest = ''] = uri;
  if (scheme.toLowerCase() !== 'kafka') return `${scheme}://${rest}`;
  const topic = rest.split('/').slice(1).join('/');
  return topic === '' ? `${scheme}://${rest}` : topic;
}
