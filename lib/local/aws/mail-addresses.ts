/** The bare addresses in an address field or parameter, groups included. */
import { addressParser } from 'postal-mime';

/** What is no address comes back as it stands, so that a check can refuse it. */
export const addressesIn = (text: string): string[] =>
  addressParser(text).flatMap(({ name, address, group }) =>
    group === undefined ? [address || name] : group.map((member) => member.address || member.name),
  );
