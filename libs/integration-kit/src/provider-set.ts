import { ConfigurationError, type Environment } from '@tecnocursos/nest-kit';
import {
  configureProvider, ProviderHandle, sandboxed, variablesOf, type ProviderConfiguration, type ProviderDefinition, type ProviderRuntime, type RedisClient, type SandboxAccess,
} from '@tecnocursos/provider-kit';

export interface ProviderSet<Port> {
  readonly handles: readonly ProviderHandle<Port>[];
  /** Live providers once more, with their calls going to the sandbox. */
  readonly testHandles: readonly ProviderHandle<Port>[];
  /** Providers that are not called, and why. */
  readonly off: readonly { readonly definition: ProviderDefinition<Port>; readonly reason: string }[];
}

export interface ProviderSetOptions<Port> {
  readonly definitions: readonly ProviderDefinition<Port>[];
  readonly environment: Environment;
  readonly sandbox: SandboxAccess;
  readonly runtime: ProviderRuntime;
  readonly redis?: RedisClient | undefined;
}

/** Makes the providers of a domain as the environment says. @throws ConfigurationError with every problem of all of them. */
export function createProviderSet<Port>({ definitions, environment, sandbox, runtime, redis }: ProviderSetOptions<Port>): ProviderSet<Port> {
  const problems: string[] = unknownVariables(definitions, environment);
  const configured: { definition: ProviderDefinition<Port>; configuration: ProviderConfiguration }[] = [];
  for (const definition of definitions) {
    const configuration = configureProvider(definition, environment, sandbox);
    if ('problems' in configuration) problems.push(...configuration.problems);
    else configured.push({ definition, configuration });
  }
  if (problems.length > 0) throw new ConfigurationError(problems);
  const handleOf = (definition: ProviderDefinition<Port>, configuration: ProviderConfiguration): ProviderHandle<Port> =>
    new ProviderHandle(definition, configuration, definition.create(configuration.settings, runtime), { redis });
  const active = configured.filter(({ configuration }) => configuration.settings.mode !== 'off');
  return {
    handles: active.map(({ definition, configuration }) => handleOf(definition, configuration)),
    testHandles: active.flatMap(({ definition, configuration }) => {
      const twin = sandboxed(definition, configuration, sandbox);
      return twin ? [handleOf(definition, twin)] : [];
    }),
    off: configured.filter(({ configuration }) => configuration.settings.mode === 'off').map(({ definition, configuration }) => ({ definition, reason: configuration.reason })),
  };
}

/** A misspelt variable would be ignored in silence: names that begin as a provider's do must be known. */
function unknownVariables<Port>(definitions: readonly ProviderDefinition<Port>[], environment: Environment): string[] {
  const known = new Set(definitions.flatMap((definition) => variablesOf(definition).map(({ name }) => name)));
  const prefixes = definitions.map(({ variablePrefix }) => `${variablePrefix}_`);
  return Object.keys(environment)
    .filter((name) => environment[name] !== undefined && environment[name] !== '' && prefixes.some((prefix) => name.startsWith(prefix)) && !known.has(name))
    .map((name) => `${name}: is not known; see .env.example for the names there are`);
}
