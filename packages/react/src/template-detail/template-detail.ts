import { TemplateDetailFields } from './TemplateDetailFields.tsx';
import { TemplateDetailParameters } from './TemplateDetailParameters.tsx';
import { TemplateDetailQuestions } from './TemplateDetailQuestions.tsx';
import { TemplateDetailRoot } from './TemplateDetailRoot.tsx';
import { TemplateDetailUse } from './TemplateDetailUse.tsx';

interface TemplateDetailParts {
  readonly Root: typeof TemplateDetailRoot;
  readonly Fields: typeof TemplateDetailFields;
  readonly Questions: typeof TemplateDetailQuestions;
  readonly Parameters: typeof TemplateDetailParameters;
  readonly Use: typeof TemplateDetailUse;
}

/**
 * A template in detail; it comes as an `app-preview` that is read only and carries the template.
 *
 * @example
 * <TemplateDetail.Root artifact={artifact}><TemplateDetail.Questions /><TemplateDetail.Fields /><TemplateDetail.Use /></TemplateDetail.Root>
 */
export const TemplateDetail: TemplateDetailParts = {
  Root: TemplateDetailRoot,
  Fields: TemplateDetailFields,
  Questions: TemplateDetailQuestions,
  Parameters: TemplateDetailParameters,
  Use: TemplateDetailUse,
};
