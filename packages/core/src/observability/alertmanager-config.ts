import { stringify } from 'yaml';
import { WITHHELD } from '../connect/secrets/index.ts';
import type { AlertInfo } from '../protocol/studio/app.ts';
import { channelName } from './channel-name.ts';

/** Where alerts may go. Secrets stand here or in files that Alertmanager reads, never in SQL. */
export interface AlertmanagerOptions {
  /** Web hook of the receiver for alerts without a channel; absent: they are shown in Alertmanager alone. */
  readonly defaultWebhook?: string;
  /** File with the URL of the Slack web hook, as Alertmanager sees it. */
  readonly slackApiUrlFile?: string;
  readonly smtp?: { readonly smarthost: string; readonly from: string };
  /** File with the routing key per PagerDuty name (`pagerduty:<name>`). */
  readonly pagerdutyKeyFiles?: Readonly<Record<string, string>>;
  readonly groupWaitMs?: number;
  readonly groupIntervalMs?: number;
  readonly repeatIntervalMs?: number;
}

export interface AlertmanagerConfig {
  readonly yaml: string;
  readonly warnings: readonly string[];
  readonly receivers: readonly string[];
}

type Receiver = Readonly<Record<string, unknown>> & { readonly name: string };

/** Alertmanager's configuration for the channels of an application: one route per channel, everything else to the default receiver. */
export function alertmanagerConfig(alerts: readonly AlertInfo[], options: AlertmanagerOptions = {}): AlertmanagerConfig {
  const warnings: string[] = [];
  const channels = [...new Set(alerts.flatMap((alert) => alert.channel ?? []))];
  const found = channels.flatMap((channel) => {
    const receiver = receiverOf(channel, options, warnings);
    return receiver === undefined ? [] : [{ channel, receiver }];
  });
  const defaults: Receiver = {
    name: 'default',
    ...(options.defaultWebhook === undefined ? {} : { webhook_configs: [{ url: options.defaultWebhook, send_resolved: true }] }),
  };
  const seconds = (ms: number | undefined, fallback: number): string => `${Math.max(1, Math.round((ms ?? fallback) / 1000))}s`;
  const config = {
    ...globalOf(
      found.map((f) => f.channel),
      options,
    ),
    route: {
      receiver: 'default',
      group_by: ['alertname', 'pipeline'],
      group_wait: seconds(options.groupWaitMs, 30_000),
      group_interval: seconds(options.groupIntervalMs, 300_000),
      repeat_interval: seconds(options.repeatIntervalMs, 14_400_000),
      routes: found.map(({ channel, receiver }) => ({
        receiver: receiver.name,
        matchers: [`channel=${JSON.stringify(channelName(channel))}`],
      })),
    },
    receivers: [defaults, ...found.map((f) => f.receiver)],
  };
  return { yaml: stringify(config, { lineWidth: 0 }), warnings, receivers: config.receivers.map((r) => r.name) };
}

function globalOf(channels: readonly string[], options: AlertmanagerOptions): object {
  const uses = (prefix: string): boolean => channels.some((channel) => channel.startsWith(prefix));
  const settings = {
    ...(uses('slack:') && options.slackApiUrlFile !== undefined ? { slack_api_url_file: options.slackApiUrlFile } : {}),
    ...(uses('email:') && options.smtp !== undefined ? { smtp_smarthost: options.smtp.smarthost, smtp_from: options.smtp.from } : {}),
  };
  return Object.keys(settings).length === 0 ? {} : { global: settings };
}

function receiverOf(channel: string, options: AlertmanagerOptions, warnings: string[]): Receiver | undefined {
  const [, kind = '', rest = ''] = /^([a-z]+):(.*)$/i.exec(channel) ?? [];
  const give = (configs: object): Receiver => ({ name: channelName(channel), ...configs });
  if (channel.includes(WITHHELD)) return lacking(channel, 'its address again, because what opens it was not stored', warnings);
  switch (kind.toLowerCase()) {
    case 'slack':
      if (options.slackApiUrlFile === undefined) return lacking(channel, 'the URL of a Slack web hook: give `slackApiUrlFile`', warnings);
      return give({ slack_configs: [{ channel: rest, send_resolved: true }] });
    case 'email':
      if (options.smtp === undefined) return lacking(channel, 'a mail server: give `smtp`', warnings);
      return give({ email_configs: [{ to: rest, send_resolved: true }] });
    case 'pagerduty': {
      const file = options.pagerdutyKeyFiles?.[rest];
      if (file === undefined) return lacking(channel, `a routing key: give \`pagerdutyKeyFiles.${rest}\``, warnings);
      return give({ pagerduty_configs: [{ routing_key_file: file, send_resolved: true }] });
    }
    case 'webhook':
      return give({ webhook_configs: [{ url: rest, send_resolved: true }] });
    case 'http':
    case 'https':
      return give({ webhook_configs: [{ url: channel, send_resolved: true }] });
    default:
      warnings.push(
        `channel "${channelName(channel)}" is of no known kind (slack:, email:, pagerduty:, webhook:, https://); its alerts go to the default receiver`,
      );
      return undefined;
  }
}

function lacking(channel: string, what: string, warnings: string[]): undefined {
  warnings.push(`channel "${channelName(channel)}" needs ${what}; until then its alerts go to the default receiver`);
  return undefined;
}
