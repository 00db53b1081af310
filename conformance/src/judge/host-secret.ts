/** A secret that a case hands to the subject inside a config or an argument. */
export class HostSecret {
  readonly value: string;
  readonly label: string;

  constructor(value: string, label: string) {
    this.value = value;
    this.label = label;
  }
}
