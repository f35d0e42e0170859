# Fails with what the receiver said last, if that is not that it receives.
receiver_is_well || tell_receiver_failure
