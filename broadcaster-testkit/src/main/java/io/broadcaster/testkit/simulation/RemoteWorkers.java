package io.broadcaster.testkit.simulation;

import io.broadcaster.campaign.StoreException;
import io.broadcaster.delivery.WorkerRegistry;
import io.broadcaster.delivery.WorkerStatus;
import io.broadcaster.testkit.simulation.Network.Call;
import java.util.List;

/** The heartbeats as one process sees them over the network. */
public record RemoteWorkers(SimulatedProcess caller, Network network, WorkerRegistry registry)
        implements WorkerRegistry {
    @Override
    public void heartbeat(WorkerStatus status) {
        var _ = network.call(
                caller,
                new Call<>(
                        "heartbeat",
                        () -> {
                            registry.heartbeat(status);
                            return status;
                        },
                        StoreException::new));
    }

    @Override
    public void leave(String worker) {
        var _ = network.call(
                caller,
                new Call<>(
                        "leave",
                        () -> {
                            registry.leave(worker);
                            return worker;
                        },
                        StoreException::new));
    }

    @Override
    public List<WorkerStatus> all() {
        return network.call(caller, new Call<>("workers", registry::all, StoreException::new));
    }
}
