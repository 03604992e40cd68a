// Java programs from Maven Central: their jars with all run-time dependencies, copied into one folder.
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hasProgram, runProgram } from './run-program.mjs';

/** Folder with the jars of `artifacts` (`group:name:version`) and what they need. Fetched once per set of artifacts. */
export async function jarsOf(artifacts, { folder, log }) {
  if (existsSync(join(folder, 'complete'))) return folder;
  if (!(await hasProgram('java', ['-version']))) throw new Error('Java is not installed (Debian: apt-get install openjdk-17-jre-headless)');
  if (!(await hasProgram('mvn')))
    throw new Error('Maven is not installed, and the jars are not in the cache (Debian: apt-get install maven)');
  log(`fetching ${artifacts.join(', ')} from Maven Central`);
  const work = `${folder}.${process.pid}`;
  mkdirSync(work, { recursive: true });
  const dependencies = artifacts.map((artifact) => {
    const [group, name, version] = artifact.split(':');
    return `<dependency><groupId>${group}</groupId><artifactId>${name}</artifactId><version>${version}</version></dependency>`;
  });
  const pom = [
    '<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>',
    '<groupId>velostream</groupId><artifactId>service-jars</artifactId><version>1</version>',
    `<dependencies>${dependencies.join('')}</dependencies></project>`,
  ].join('\n');
  writeFileSync(join(work, 'pom.xml'), pom);
  const args = ['-q', '-B', 'dependency:copy-dependencies', '-DincludeScope=runtime', `-DoutputDirectory=${join(work, 'jars')}`];
  await runProgram('mvn', args, { cwd: work });
  writeFileSync(join(work, 'jars', 'complete'), artifacts.join('\n'));
  rmSync(folder, { recursive: true, force: true });
  renameSync(join(work, 'jars'), folder);
  rmSync(work, { recursive: true, force: true });
  return folder;
}

/** One file of an artifact (an archive, say) into `folder`; answers with its path. */
export async function fileOf(artifact, { folder, log }) {
  const [, name, version, type, classifier] = artifact.split(':');
  const file = join(folder, `${name}-${version}${classifier ? `-${classifier}` : ''}.${type}`);
  if (existsSync(file)) return file;
  if (!(await hasProgram('mvn')))
    throw new Error('Maven is not installed, and the file is not in the cache (Debian: apt-get install maven)');
  log(`fetching ${artifact} from Maven Central`);
  mkdirSync(folder, { recursive: true });
  await runProgram('mvn', ['-q', '-B', 'dependency:copy', `-Dartifact=${artifact}`, `-DoutputDirectory=${folder}`], { cwd: folder });
  return file;
}
