/** `npm run lint:source` */
import { runCommand } from '../operations/run-command.ts';
import { projectRoot } from '../paths.ts';
import { unjudgedImports } from './computed-imports.ts';
import { longFiles, readTextFiles } from './file-length.ts';
import { describeCycle, importCycles } from './import-cycles.ts';
import { brokenImports, impureData } from './import-rules.ts';
import { linkProblems, projectEntries } from './project-files.ts';
import { readSourceFiles } from './source-files.ts';

const usage = `npm run lint:source    imports that lead nowhere or the wrong way, import cycles, links, and files over 200 lines

  --help   this text`;

await runCommand('lint:source', usage, {}, () => {
  const entries = projectEntries(projectRoot);
  const files = readSourceFiles(projectRoot, entries.files);
  const texts = readTextFiles(projectRoot, entries.files);
  const problems = [
    ...linkProblems(entries.links),
    ...files.flatMap((file) => file.problems),
    ...unjudgedImports(files),
    ...brokenImports(files),
    ...impureData(files),
    ...importCycles(files).map(describeCycle),
    ...longFiles(texts),
  ];

  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exitCode = 1;
  else
    console.log(
      `${files.length} source files import one way, without cycles; of ${texts.length} files none is too long`,
    );
});
