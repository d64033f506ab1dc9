"""Cases: for now their numbers, parsed and normalised (法〔2015〕137号 with the 2018 amendment)."""
