/** Services that tell nobody of what a power cut could still take back. */
import type { AwsServices } from '../aws/exchange.ts';
import type { AwsService } from '../aws/service.ts';
import type { Store } from '../store.ts';

/** The same services: answers and refusals come once all they may have been read from is on disk. */
export const onceDurable = (
  { durable }: Pick<Store, 'durable'>,
  services: Readonly<Record<string, AwsService>>,
): Omit<AwsServices, 's3' | 'lambda'> => {
  const careful = ({ call }: AwsService): AwsService => ({
    call: async (...given) => {
      try {
        return await call(...given);
      } finally {
        await durable();
      }
    },
  });
  return Object.fromEntries(Object.entries(services).map(([name, service]) => [name, careful(service)]));
};
