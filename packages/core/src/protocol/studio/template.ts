import type { App, AppInput, PanelType } from './app.ts';

export interface TemplateField {
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
  readonly description?: string;
  /** How many values it takes over a long time: a region has few (`low`), a user id has ever more (`high`). */
  readonly cardinality?: 'low' | 'high';
}

export interface TemplateInput {
  readonly topic: string;
  readonly description?: string;
  /** Field that holds the time of the event. */
  readonly eventTime?: string;
  readonly fields: readonly TemplateField[];
}

export interface TemplateParameter {
  readonly default: string | number;
  readonly description?: string;
  /** A value may be proposed from real samples. */
  readonly autoCalibrate?: boolean;
}

export interface TemplateQuery {
  readonly name: string;
  readonly description?: string;
  readonly sql: string;
  readonly outputTopic: string;
  readonly parameters: Readonly<Record<string, TemplateParameter>>;
  readonly requiresFields: readonly string[];
}

export interface TemplatePanel {
  readonly title: string;
  /** Metric name. */
  readonly query?: string;
  readonly type: PanelType;
  readonly source?: string;
  readonly unit?: string;
  readonly position?: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
}

/** An application with holes: inputs to map, parameters to set. */
export interface Template {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly category: string;
  readonly version: string;
  readonly tags: readonly string[];
  readonly aliases: readonly string[];
  readonly inputs: readonly TemplateInput[];
  readonly queries: readonly TemplateQuery[];
  readonly dashboard?: { readonly title: string; readonly panels: readonly TemplatePanel[] };
  /** Test specification as in a spec file. */
  readonly test?: Readonly<Record<string, unknown>>;
  /** Questions it answers, for its card. */
  readonly questions: readonly string[];
}

export interface TemplateSummary {
  readonly id: string;
  readonly name: string;
  readonly category: string;
  readonly description: string;
  readonly queryCount: number;
  readonly metricsCount: number;
  readonly alertsCount: number;
  readonly requiredTopics: readonly string[];
  readonly tags: readonly string[];
  readonly popularity?: number;
  readonly questions: readonly string[];
  /** Small graph for the card: source, query and sink names. */
  readonly edges: readonly { readonly from: string; readonly to: string }[];
}

export interface FieldMatch {
  readonly template: string;
  readonly actual?: string;
  /** 0 to 1. */
  readonly confidence: number;
  readonly status: 'exact' | 'suggested' | 'missing' | 'chosen';
  readonly reason: string;
  readonly alternatives: readonly { readonly actual: string; readonly confidence: number }[];
  /** Cast that the SQL will carry, e.g. `CAST(amount AS DECIMAL(18,2))`. */
  readonly cast?: string;
}

export interface MappingProposal {
  readonly topic: string;
  readonly actualTopic?: string;
  readonly matches: readonly FieldMatch[];
  /** Real fields that nothing uses, with what could be made of them. */
  readonly unused: readonly {
    readonly field: string;
    readonly offer?: string;
    readonly query?: { readonly name: string; readonly sql: string };
  }[];
  readonly confidence: number;
  readonly compatible: boolean;
  readonly warnings: readonly string[];
}

export interface Calibration {
  readonly parameter: string;
  readonly default: string | number;
  readonly proposed: string | number;
  readonly reason: string;
  readonly samples: number;
}

export interface CustomizeOptions {
  readonly name?: string;
  /** Per template topic: the real relation and template field → real field. */
  readonly mappings: Readonly<Record<string, { readonly topic: string; readonly fields: Readonly<Record<string, string>> }>>;
  readonly params?: Readonly<Record<string, string | number>>;
  /** Map what is not given by best match. */
  readonly autoDiscover?: boolean;
  /** Names of offered queries to add. */
  readonly addOffers?: readonly string[];
}

export interface CustomizedApp {
  readonly app: App;
  readonly mappings: readonly MappingProposal[];
  readonly calibrations: readonly Calibration[];
  /** Input of `app`, for those who change it before it is made. */
  readonly input: AppInput;
  /** Test specification that fits the real sources. */
  readonly test?: Readonly<Record<string, unknown>>;
  /** Queries left out because a field they need is not mapped. */
  readonly leftOut: readonly { readonly query: string; readonly missing: readonly string[] }[];
}
