/** `FollowUp` for the machine `Aftercare-FollowUp` of the stack `Aftercare`. */
export const shortMachineName = (stackName: string, machine: string): string =>
  machine.startsWith(`${stackName}-`) ? machine.slice(stackName.length + 1) : machine;
