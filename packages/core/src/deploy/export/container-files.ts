import { stringify } from 'yaml';
import type { RuleGroup } from '../../observability/alert-rules.ts';
import { slugOf } from '../../observability/prometheus-name.ts';
import type { Files } from './stack-files.ts';

export interface ContainerOptions {
  readonly name: string;
  /** Runs the application, e.g. `node:24-slim`. */
  readonly image: string;
  readonly metricsPort: number;
  /** Script that is mounted as `/app/app.sql`. */
  readonly sql: string;
  readonly rules: readonly RuleGroup[];
}

const yaml = (...documents: readonly unknown[]): string => documents.map((d) => stringify(d, { lineWidth: 0 })).join('---\n');

const COMMAND = (port: number): string[] => [
  'npx',
  '--yes',
  '-p',
  '@velostream/core',
  '-p',
  '@velostream/connectors',
  'velo',
  'deploy',
  '/app/app.sql',
  '--run',
  '--state',
  '/state',
  '--metrics-port',
  String(port),
  '--metrics-host',
  '0.0.0.0',
];

/** Spans go to the Tempo beside it; what sends them is installed with the command. */
const withTracing = ([npx = '', ...rest]: readonly string[]): string[] => [
  npx,
  ...TRACING_PACKAGES.flatMap((name) => ['-p', `@opentelemetry/${name}`]),
  ...rest,
  '--otlp',
  'http://tempo:4318',
];
const TRACING_PACKAGES = ['api', 'sdk-trace', 'resources', 'exporter-trace-otlp-http'];

/** Compose file with the application and its monitoring. */
export function composeFile({ name, image, metricsPort }: ContainerOptions): Files {
  const slug = slugOf(name);
  return {
    'docker-compose.yml': yaml({
      name: slug,
      services: {
        app: {
          image,
          command: withTracing(COMMAND(metricsPort)),
          // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of compose
          environment: { VELOSTREAM_KAFKA_BROKERS: '${VELOSTREAM_KAFKA_BROKERS:-kafka:9092}' },
          volumes: ['./app.sql:/app/app.sql:ro', 'state:/state'],
          ports: [`${metricsPort}:${metricsPort}`],
          restart: 'unless-stopped',
        },
        prometheus: {
          image: 'prom/prometheus:v3.5.0',
          volumes: ['./prometheus:/etc/prometheus:ro'],
          ports: ['9090:9090'],
        },
        alertmanager: {
          image: 'prom/alertmanager:v0.28.1',
          volumes: ['./alertmanager:/etc/alertmanager:ro'],
          ports: ['9093:9093'],
        },
        tempo: {
          image: 'grafana/tempo:2.8.2',
          command: ['-config.file=/etc/tempo/tempo.yml'],
          volumes: ['./tempo:/etc/tempo:ro', 'traces:/var/tempo'],
          ports: ['3200:3200', '4317:4317', '4318:4318'],
        },
        grafana: {
          image: 'grafana/grafana:12.1.0',
          // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of compose
          environment: { GF_SECURITY_ADMIN_PASSWORD: '${GRAFANA_PASSWORD:?set it}' },
          volumes: ['./grafana/provisioning:/etc/grafana/provisioning:ro', './grafana/dashboards:/var/lib/grafana/dashboards:ro'],
          ports: ['3000:3000'],
        },
      },
      volumes: { state: {}, traces: {} },
    }),
  };
}

/** Manifests: configuration, state, one replica (a job has one owner), service, and the rules for the Prometheus operator. */
export function kubernetesFiles({ name, image, metricsPort, sql, rules }: ContainerOptions): Files {
  const slug = slugOf(name);
  const labels = { 'app.kubernetes.io/name': slug, 'app.kubernetes.io/managed-by': 'velostream' };
  const metadata = (suffix = '') => ({ name: `${slug}${suffix}`, labels });
  const [command, ...args] = COMMAND(metricsPort);
  const container = {
    name: 'app',
    image,
    command: [command],
    args,
    env: [
      { name: 'POD_NAME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
      { name: 'VELOSTREAM_KAFKA_BROKERS', valueFrom: { configMapKeyRef: { name: `${slug}-settings`, key: 'brokers' } } },
    ],
    ports: [{ name: 'metrics', containerPort: metricsPort }],
    readinessProbe: { httpGet: { path: '/health', port: 'metrics' }, periodSeconds: 5 },
    livenessProbe: { httpGet: { path: '/health', port: 'metrics' }, periodSeconds: 15, failureThreshold: 4 },
    resources: { requests: { cpu: '250m', memory: '256Mi' }, limits: { memory: '1Gi' } },
    securityContext: { allowPrivilegeEscalation: false, runAsNonRoot: true, runAsUser: 1000, capabilities: { drop: ['ALL'] } },
    volumeMounts: [
      { name: 'sql', mountPath: '/app', readOnly: true },
      { name: 'state', mountPath: '/state' },
    ],
  };
  return {
    'kubernetes/config.yaml': yaml(
      { apiVersion: 'v1', kind: 'ConfigMap', metadata: metadata('-sql'), data: { 'app.sql': sql } },
      { apiVersion: 'v1', kind: 'ConfigMap', metadata: metadata('-settings'), data: { brokers: 'kafka:9092' } },
    ),
    'kubernetes/app.yaml': yaml(
      {
        apiVersion: 'apps/v1',
        kind: 'StatefulSet',
        metadata: metadata(),
        spec: {
          serviceName: slug,
          replicas: 1,
          selector: { matchLabels: labels },
          template: {
            metadata: { labels, annotations: { 'prometheus.io/scrape': 'true', 'prometheus.io/port': String(metricsPort) } },
            spec: {
              terminationGracePeriodSeconds: 30,
              securityContext: { fsGroup: 1000 },
              containers: [container],
              volumes: [{ name: 'sql', configMap: { name: `${slug}-sql` } }],
            },
          },
          volumeClaimTemplates: [
            { metadata: { name: 'state' }, spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '5Gi' } } } },
          ],
        },
      },
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: metadata(),
        spec: { selector: labels, ports: [{ name: 'metrics', port: metricsPort, targetPort: 'metrics' }] },
      },
    ),
    'kubernetes/monitoring.yaml': yaml(
      {
        apiVersion: 'monitoring.coreos.com/v1',
        kind: 'ServiceMonitor',
        metadata: metadata(),
        spec: { selector: { matchLabels: labels }, endpoints: [{ port: 'metrics', path: '/metrics', interval: '15s', honorLabels: true }] },
      },
      { apiVersion: 'monitoring.coreos.com/v1', kind: 'PrometheusRule', metadata: metadata(), spec: { groups: rules } },
    ),
  };
}
