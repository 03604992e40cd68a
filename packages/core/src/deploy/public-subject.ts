import { mapTexts } from '../sessions/secret-free-store.ts';
import { withoutSecrets } from '../sessions/withheld.ts';
import type { DeploySubject } from './subject.ts';

/**
 * What is to be deployed, as it is planned: its SQL without secrets. Plans, names and fingerprints of state are then the same before a restart,
 * when the passwords are known, and after it.
 */
export function publicSubject(subject: DeploySubject): DeploySubject {
  const { app, schemas, sources } = subject;
  return {
    ...subject,
    app: mapTexts(app, (text) => withoutSecrets(text)),
    ...(schemas === undefined ? {} : { schemas: byPublicName(schemas) }),
    ...(sources === undefined ? {} : { sources: byPublicName(sources) }),
  };
}

const byPublicName = <T>(named: Readonly<Record<string, T>>): Readonly<Record<string, T>> =>
  Object.fromEntries(Object.entries(named).map(([name, value]) => [withoutSecrets(name), value]));
