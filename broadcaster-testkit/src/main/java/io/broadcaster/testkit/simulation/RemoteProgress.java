package io.broadcaster.testkit.simulation;

import io.broadcaster.campaign.LaunchId;
import io.broadcaster.campaign.StoreException;
import io.broadcaster.delivery.ProgressStore;
import io.broadcaster.delivery.WorkerProgress;
import io.broadcaster.testkit.simulation.Network.Call;
import java.util.List;

/** The live figures as one process sees them over the network. */
public record RemoteProgress(SimulatedProcess caller, Network network, ProgressStore store) implements ProgressStore {
    @Override
    public void write(WorkerProgress progress) {
        var _ = network.call(
                caller,
                new Call<>(
                        "progress",
                        () -> {
                            store.write(progress);
                            return progress;
                        },
                        StoreException::new));
    }

    @Override
    public List<WorkerProgress> read(LaunchId launch) {
        return network.call(caller, new Call<>("figures", () -> store.read(launch), StoreException::new));
    }
}
