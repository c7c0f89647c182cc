package io.broadcaster.aws;

import io.broadcaster.audience.LoadProgressStore;
import io.broadcaster.delivery.ProgressStore;
import io.broadcaster.delivery.ProofStore;
import io.broadcaster.delivery.TestDeviceStore;
import io.broadcaster.delivery.WorkerRegistry;
import io.broadcaster.identity.SessionEndStore;
import io.broadcaster.testkit.contract.RecordStoresContract;

/** The plain stores keep their contract over the local cloud. */
final class DynamoRecordStoresIT extends RecordStoresContract {
    @Override
    protected ProgressStore progress() {
        return SharedCloud.cloud().progress();
    }

    @Override
    protected WorkerRegistry workers() {
        return SharedCloud.cloud().workers();
    }

    @Override
    protected ProofStore proofs() {
        return SharedCloud.cloud().proofs();
    }

    @Override
    protected TestDeviceStore testDevices() {
        return SharedCloud.cloud().testDevices();
    }

    @Override
    protected LoadProgressStore loadProgress() {
        return SharedCloud.cloud().loadProgress();
    }

    @Override
    protected SessionEndStore sessionEnds() {
        return SharedCloud.cloud().sessionEnds();
    }
}
