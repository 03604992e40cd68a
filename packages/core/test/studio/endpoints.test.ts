import { describe, expect, test } from 'vitest';
import { createStudioHandler } from '../../src/http/index.ts';
import { fixtureStudio } from './studio.fixture.ts';

/** Endpoints of the product's interface with the fields that they take and answer, one line each. */
const ENDPOINTS = `
POST /api/validate | sql context | valid ast annotations warnings error suggestions
POST /api/execute | sql options | success execution_id columns rows metadata
GET /api/stream/{id} | |
POST /api/stream/{id}/ticket | | ticket
GET /api/schema | | tables functions
GET /api/schema/{name} | | name type columns source
GET /api/functions | | functions
POST /api/completions | prefix suffix cursor_position context | completions usage
POST /api/nl-to-sql | prompt context | sql result
POST /api/chat | messages thread_id session_id |
POST /api/test | sql schema records seed assertions | passed assertions output performance
POST /api/generate-data | schema records seed foreign_keys | records schema_used metadata
POST /api/connect | uri type format options | connected source_id uri type details
GET /api/sources | | sources total
GET /api/sources/{id} | | source
GET /api/sources/{id}/schema | | schema fields
GET /api/sources/{id}/preview | | rows peek
GET /api/sources/{id}/stats | | stats
GET /api/topics | | topics total
GET /api/topics/{name} | | name partitions total_messages is_test_topic
GET /api/topics/{name}/schema | | topic fields sample_value has_keys records_sampled
GET /api/topics/{name}/messages | | topic messages total_returned
GET /api/consumers | | consumers total
POST /api/generate-app | prompt connection options | app
GET /api/apps/{id} | | app
PUT /api/apps/{id} | action prompt app | app changes
POST /api/apps/{id}/test | records_per_source seed timeout_ms assertions | passed total_queries passed_queries results data_generation
POST /api/apps/{id}/deploy | name deploy_dashboard deploy_alerts grafana_url prometheus_url | deployment
GET /api/templates | | templates total categories
GET /api/templates/{id} | | template
POST /api/templates/{id}/customize | mappings schema_mapping params auto_discover | app
POST /api/templates/{id}/preview | topic auto_map | preview
POST /api/analyze | thread_context trigger | suggestions context_summary
POST /api/analyze/schema-diff | |
POST /api/analyze/performance | |
POST /api/analyze/annotations | |
GET /api/notebooks | | notebooks total
POST /api/notebooks | name cells | id name state
GET /api/notebooks/{id} | | state artifacts
PATCH /api/notebooks/{id} | name | state
DELETE /api/notebooks/{id} | | id deleted
POST /api/notebooks/{id}/cells | sql type | cell
PUT /api/notebooks/{id}/cells/{cell} | sql type | cell
DELETE /api/notebooks/{id}/cells/{cell} | | state
POST /api/deploy | notebook_id name config | pipeline_id jobs metrics alerts
POST /api/dashboards/generate | notebook_id dashboard_name | dashboard grafana_json import_url
GET /api/jobs | | jobs total
POST /api/jobs | name sql plan_hash | job
GET /api/jobs/{id} | | job
DELETE /api/jobs/{id} | | id deleted
POST /api/jobs/{id}/start | | job
POST /api/jobs/{id}/stop | | job
POST /api/jobs/{id}/restart | | job
POST /api/jobs/{id}/pause | | job
POST /api/jobs/{id}/resume | | job
GET /metrics | |
`;

interface Schema {
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, unknown>>;
}
type Content = Readonly<Record<string, { readonly schema: Schema }>>;
interface Operation {
  readonly requestBody?: { readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly content: Content }>>;
}
const document = createStudioHandler(fixtureStudio(), { authorize: () => null }).openapi() as {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
};
const fieldsOf = (content: Content | undefined): readonly string[] => {
  const { $ref, properties } = Object.values(content ?? {})[0]?.schema ?? {};
  return Object.keys((($ref && document.components.schemas[$ref.split('/').at(-1) ?? '']?.properties) || properties) ?? {});
};
const words = (text: string | undefined): readonly string[] => (text ?? '').split(' ').filter((word) => word !== '');

describe('every endpoint is there with its fields', () => {
  test.each(
    ENDPOINTS.trim()
      .split('\n')
      .map((line) => line.split('|').map((part) => part.trim())),
  )('%s', (endpoint, takes, answers) => {
    const [method = '', path = ''] = (endpoint ?? '').split(' ');
    const operation = document.paths[path]?.[method.toLowerCase()];
    expect(operation).toBeDefined();
    expect(fieldsOf(operation?.requestBody?.content)).toEqual(expect.arrayContaining([...words(takes)]));
    expect(fieldsOf(operation?.responses['200']?.content)).toEqual(expect.arrayContaining([...words(answers)]));
  });
});
