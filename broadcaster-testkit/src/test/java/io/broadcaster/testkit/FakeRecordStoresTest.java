package io.broadcaster.testkit;

import io.broadcaster.audience.LoadProgressStore;
import io.broadcaster.delivery.ProgressStore;
import io.broadcaster.delivery.ProofStore;
import io.broadcaster.delivery.TestDeviceStore;
import io.broadcaster.delivery.WorkerRegistry;
import io.broadcaster.identity.SessionEndStore;
import io.broadcaster.testkit.contract.RecordStoresContract;

/** The fakes of the plain stores keep their contract. */
final class FakeRecordStoresTest extends RecordStoresContract {
    private final ProgressStore progress = new FakeProgressStore();
    private final WorkerRegistry workers = new FakeWorkerRegistry();
    private final ProofStore proofs = new FakeProofStore();
    private final SessionEndStore sessionEnds = new FakeSessionEndStore();
    private final TestDeviceStore testDevices = new FakeTestDeviceStore();
    private final LoadProgressStore loadProgress = new FakeLoadProgressStore();

    @Override
    protected ProgressStore progress() {
        return progress;
    }

    @Override
    protected WorkerRegistry workers() {
        return workers;
    }

    @Override
    protected ProofStore proofs() {
        return proofs;
    }

    @Override
    protected SessionEndStore sessionEnds() {
        return sessionEnds;
    }

    @Override
    protected TestDeviceStore testDevices() {
        return testDevices;
    }

    @Override
    protected LoadProgressStore loadProgress() {
        return loadProgress;
    }
}
