package io.broadcaster.testkit.simulation;

import io.broadcaster.campaign.LaunchId;
import io.broadcaster.campaign.StoreException;
import io.broadcaster.delivery.BatchKey;
import io.broadcaster.delivery.LedgerRow;
import io.broadcaster.delivery.LedgerStore;
import io.broadcaster.testkit.simulation.Network.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The ledger as one process sees it over the network. */
public record RemoteLedger(SimulatedProcess caller, Network network, LedgerStore store) implements LedgerStore {
    @Override
    public Optional<LedgerRow> read(BatchKey key) {
        return network.call(caller, new Call<>("read", () -> store.read(key), StoreException::new));
    }

    @Override
    public Write write(LedgerRow row, int expectedEpoch) {
        return network.call(caller, new Call<>("write", () -> store.write(row, expectedEpoch), StoreException::new));
    }

    @Override
    public void scan(LaunchId launch, Consumer<LedgerRow> each) {
        List<LedgerRow> rows = network.call(
                caller,
                new Call<>(
                        "scan",
                        () -> {
                            var all = new ArrayList<LedgerRow>();
                            store.scan(launch, all::add);
                            return all;
                        },
                        StoreException::new));
        rows.forEach(each);
    }
}
